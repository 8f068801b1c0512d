//! Models in folders that the tests write themselves.

use std::fs;

use super::*;

const MODEL: &str = r#"{
  "metadata": {"serviceId": "Newer Thing", "serviceFullName": "Newer Thing"},
  "operations": {"DoIt": {"documentation": "<p>Does <b>it</b>.</p>", "input": {"shape": "In"}}},
  "shapes": {
    "In": {"type": "structure", "required": ["jobName"], "members": {
      "jobName": {"shape": "Name", "documentation": "<p>What it is called.</p>"},
      "parts": {"shape": "Parts"}}},
    "Name": {"type": "string"},
    "Parts": {"type": "list", "member": {"shape": "Part"}, "documentation": "<p>All parts.</p>"},
    "Part": {"type": "structure", "members": {"ARNOfIt": {"shape": "Name", "documentation": "Its name"}}}
  }
}"#;

/// A folder for one test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let folder = std::env::temp_dir().join(format!("asl-lsp-models-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        Folder(folder)
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    fn models(&self) -> Models {
        Models::open(&Setting::Folder(self.0.clone()), &Environment::default())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = vec![0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3];
    packed.extend(b"name\0");
    packed.extend(miniz_oxide::deflate::compress_to_vec(bytes, 6));
    packed.extend([0; 8]);
    packed
}

#[test]
fn texts_of_known_and_newer_services() {
    let folder = Folder::new("texts");
    folder.write("glue/2016-01-01/service-2.json", br#"{"operations": {"DoIt": {"documentation": "old"}}}"#);
    folder.write("glue/2017-03-31/service-2.json.gz", &gzip(MODEL.as_bytes()));
    folder.write("newer-thing/2031-01-01/service-2.json", MODEL.as_bytes());
    folder.write("endpoints.json", b"{}");
    let models = folder.models();
    assert_eq!(models.operation_text("glue", "DoIt").as_deref(), Some("Does **it**."));
    let parameter = |path: &[&str]| models.parameter_text("newerthing", "DoIt", path);
    assert_eq!(parameter(&["jobName"]).as_deref(), Some("What it is called."));
    assert_eq!(parameter(&["parts"]).as_deref(), Some("All parts."));
    assert_eq!(parameter(&["parts", "ARNOfIt"]).as_deref(), Some("Its name"));
    assert_eq!(parameter(&["parts", "none"]), None);
    assert_eq!(parameter(&[]), None);
    let newer: Vec<&str> = models.newer_services().iter().map(|it| it.token.as_str()).collect();
    assert_eq!(newer, ["newerthing"]);
    assert_eq!(models.newer_actions("newerthing"), ["doIt"]);
    let parameters = models.newer_parameters("newerthing", "doIt");
    assert_eq!((parameters[0].name.as_str(), parameters[0].required), ("JobName", true));
    assert_eq!(models.take_problems(), [""; 0]);
}

#[test]
fn broken_files_are_told_of_once() {
    let folder = Folder::new("broken");
    folder.write("glue/2017-03-31/service-2.json", b"{ \"operations\": 3 }");
    folder.write("batch/2016-08-10/service-2.json.gz", b"no gzip");
    let models = folder.models();
    for _ in 0..3 {
        assert_eq!(models.operation_text("glue", "StartJobRun"), None);
        assert_eq!(models.operation_text("batch", "SubmitJob"), None);
    }
    assert_eq!(models.take_problems().len(), 2);
    assert_eq!(models.operation_text("glue", "StartJobRun"), None);
    assert_eq!(models.take_problems().len(), 0);
    let missing = Models::open(&Setting::of("/nowhere/at/all"), &Environment::default());
    assert_eq!(missing.take_problems().len(), 1);
    assert!(missing.newer_services().is_empty());
}

#[test]
fn a_bomb_is_ignored() {
    let folder = Folder::new("bomb");
    folder.write("glue/2017-03-31/service-2.json.gz", &gzip(&vec![b' '; LARGEST + 1]));
    let models = folder.models();
    assert_eq!(models.operation_text("glue", "StartJobRun"), None);
    assert_eq!(models.take_problems().len(), 1);
}

#[test]
fn standard_places() {
    let folder = Folder::new("places");
    folder.write(
        "venv/lib/python3.12/site-packages/botocore/data/glue/2017-03-31/service-2.json",
        MODEL.as_bytes(),
    );
    folder.write("home/.aws/models/own/2020-01-01/service-2.json", b"{}");
    folder.write("cli/dist/aws", b"");
    folder.write("cli/dist/awscli/botocore/data/x/y/service-2.json", b"{}");
    let environment = Environment {
        home: Some(folder.0.join("home")),
        environments: vec![folder.0.join("venv")],
        ..Environment::default()
    };
    let data = folder.0.join("venv/lib/python3.12/site-packages/botocore/data");
    assert_eq!(find(&environment), [folder.0.join("home/.aws/models"), data]);
    let environment = Environment { path: vec![folder.0.join("cli/dist")], ..environment };
    let found = find(&environment);
    assert!(found[1].ends_with("awscli/botocore/data") && found.len() == 2, "{found:?}");
    let models = Models::open(&Setting::Off, &environment);
    assert!(models.folders().is_empty() && models.operation_text("glue", "DoIt").is_none());
    assert_eq!(Setting::of(" auto "), Setting::Auto);
}
