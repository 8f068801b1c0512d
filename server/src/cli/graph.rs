//! `asl-lsp graph`: draws the machine of one document, whole or broken.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use asl_grammar::text::{Encoding, Text};
use clap::Args;

use super::complain;
use super::files::{self, Input};
use super::tools::{UNUSABLE, print};
use crate::analysis::Analysis;
use crate::config::Config;
use crate::graph::{Graph, dot, graph, json, mermaid, svg};

#[derive(Args)]
pub struct Options {
    /// The definition; `-` is stdin
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// How to write the drawing
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The name that stdin would have; its end says whether it is JSON or YAML
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A self-contained picture, light or dark as the reader's system is
    #[default]
    Svg,
    /// A flowchart for pages that draw Mermaid
    Mermaid,
    /// For Graphviz
    Dot,
    /// Nodes, edges and groups with their places in the drawing and in the text
    Json,
}

pub fn run(options: &Options) -> ExitCode {
    let (inputs, _) =
        files::collect(std::slice::from_ref(&options.file), options.stdin_filename.as_deref(), 1);
    let read = if options.file.is_dir() {
        Err(format!("cannot read `{}`: it is a folder", files::display(&options.file)))
    } else {
        inputs.first().ok_or_else(String::new).and_then(read)
    };
    match read {
        Ok(analysis) => {
            let drawn = write(&graph(&analysis), &analysis.text, options.format);
            print(|out| out.write_all(drawn.as_bytes()))
        }
        Err(message) => {
            complain("error", &message);
            ExitCode::from(UNUSABLE)
        }
    }
}

fn read(input: &Input) -> Result<Analysis, String> {
    let source = files::read(input)?.unwrap_or_default();
    let config = Arc::new(Config::default());
    Ok(Analysis::new(files::format(&input.name), Text::new(&source), config))
}

fn write(graph: &Graph, text: &Text, format: Format) -> String {
    match format {
        Format::Svg => svg::svg(graph, text, Encoding::Utf16),
        Format::Mermaid => mermaid::mermaid(graph),
        Format::Dot => dot::dot(graph),
        Format::Json => json::json(graph, text, Encoding::Utf16).to_string() + "\n",
    }
}
