//! Where installations of the AWS CLI and botocore keep their models. Neither is ever run.

use std::env;
use std::path::{Path, PathBuf};

/// What the search looks at, so that tests can have an environment of their own.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// `AWS_DATA_PATH`.
    pub data_path: Vec<PathBuf>,
    pub home: Option<PathBuf>,
    /// The folders of `PATH`.
    pub path: Vec<PathBuf>,
    /// `VIRTUAL_ENV`, and the workspace's `.venv`.
    pub environments: Vec<PathBuf>,
    /// Where installers put the AWS CLI.
    pub well_known: Vec<PathBuf>,
}

impl Environment {
    /// That of this process. `workspace` may hold a `.venv`.
    pub fn of_process(workspace: Option<&Path>) -> Environment {
        let folders =
            |name: &str| env::var_os(name).map(|it| env::split_paths(&it).collect()).unwrap_or_default();
        let mut environments: Vec<PathBuf> =
            env::var_os("VIRTUAL_ENV").into_iter().map(PathBuf::from).collect();
        environments.extend(workspace.map(|it| it.join(".venv")));
        let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(PathBuf::from);
        let well_known = [
            "/usr/local/aws-cli/v2/current/dist/awscli/botocore/data",
            "/usr/local/aws-cli/awscli/botocore/data",
            "/usr/lib/python3/dist-packages/awscli/botocore/data",
            "/usr/lib/python3/dist-packages/botocore/data",
            "C:\\Program Files\\Amazon\\AWSCLIV2\\awscli\\botocore\\data",
        ];
        Environment {
            data_path: folders("AWS_DATA_PATH"),
            home,
            path: folders("PATH"),
            environments,
            well_known: well_known.map(PathBuf::from).to_vec(),
        }
    }
}

/// The model folders that exist, the most particular first, and of installations only the first: its
/// hundreds of models are complete.
pub fn find(environment: &Environment) -> Vec<PathBuf> {
    let own = environment.data_path.iter().cloned();
    let own = own.chain(environment.home.iter().map(|it| it.join(".aws").join("models")));
    let mut folders: Vec<PathBuf> = own.filter(|it| it.is_dir()).collect();
    folders.extend(installations(environment).find(|it| it.is_dir()));
    folders
}

fn installations(environment: &Environment) -> impl Iterator<Item = PathBuf> {
    // `aws` on the path is mostly a link into the installation.
    let programs = environment.path.iter().flat_map(|it| ["aws", "aws.exe"].map(|name| it.join(name)));
    let program = programs.filter_map(|it| it.canonicalize().ok()).find(|it| it.is_file());
    let beside = program.and_then(|it| it.parent().map(Path::to_owned)).into_iter().flat_map(|folder| {
        let data = |it: &str| folder.join(it).join("awscli").join("botocore").join("data");
        let mut places = vec![data("."), data(".."), data("../dist")];
        places.extend(folder.parent().into_iter().flat_map(site_packages));
        places
    });
    let environments: Vec<PathBuf> =
        environment.environments.iter().flat_map(|it| site_packages(it)).collect();
    beside.chain(environments).chain(environment.well_known.clone())
}

/// The models in the Python packages of an installation.
fn site_packages(prefix: &Path) -> Vec<PathBuf> {
    let mut libraries: Vec<PathBuf> = vec![prefix.join("Lib")];
    let entries = std::fs::read_dir(prefix.join("lib")).into_iter().flatten().flatten();
    let pythons = entries.filter(|it| it.file_name().to_string_lossy().starts_with("python3"));
    libraries.extend(pythons.map(|it| it.path()));
    libraries.sort();
    let packages = libraries.iter().map(|it| it.join("site-packages"));
    packages
        .flat_map(|it| [it.join("awscli").join("botocore").join("data"), it.join("botocore").join("data")])
        .collect()
}
