//! The wheel: a zip archive of which only the API models are read.

use std::collections::BTreeMap;
use std::path::Path;

use miniz_oxide::inflate::decompress_to_vec;
use sha2::{Digest, Sha256};

/// An opened wheel.
pub struct Wheel {
    /// The hash of the whole file, in hexadecimal digits.
    pub sha256: String,
    bytes: Vec<u8>,
    entries: BTreeMap<String, Entry>,
}

struct Entry {
    compressed: bool,
    offset: usize,
    length: usize,
}

impl Wheel {
    /// Reads the file and its directory.
    pub fn open(path: &Path) -> Result<Wheel, String> {
        let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let entries = directory(&bytes).ok_or_else(|| format!("{} is no zip archive", path.display()))?;
        Ok(Wheel { sha256, bytes, entries })
    }

    /// The version that the wheel says it is.
    pub fn version(&self) -> Result<String, String> {
        self.entries
            .keys()
            .find_map(|name| name.strip_prefix("botocore-")?.strip_suffix(".dist-info/METADATA"))
            .map(str::to_owned)
            .ok_or_else(|| "this is no wheel of botocore".to_owned())
    }

    /// The newest API version of each service folder.
    pub fn models(&self) -> BTreeMap<&str, &str> {
        let mut models = BTreeMap::new();
        for name in self.entries.keys() {
            let parts: Vec<&str> = name.split('/').collect();
            if let ["botocore", "data", directory, version, "service-2.json.gz"] = parts[..] {
                // The directory is sorted, so a later date replaces an earlier one.
                models.insert(directory, version);
            }
        }
        models
    }

    /// A file of the archive, unpacked.
    pub fn file(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.get(name)?;
        let packed = self.bytes.get(entry.offset..entry.offset + entry.length)?;
        if entry.compressed { decompress_to_vec(packed).ok() } else { Some(packed.to_vec()) }
    }
}

/// Reads the central directory, which stands at the end.
fn directory(bytes: &[u8]) -> Option<BTreeMap<String, Entry>> {
    let end = bytes.windows(4).rposition(|it| it == b"PK\x05\x06")?;
    let count = u16_at(bytes, end + 10)?;
    let mut at = u32_at(bytes, end + 16)?;
    let mut entries = BTreeMap::new();
    for _ in 0..count {
        if bytes.get(at..at + 4)? != b"PK\x01\x02" {
            return None;
        }
        let method = u16_at(bytes, at + 10)?;
        let length = u32_at(bytes, at + 20)?;
        let [name, extra, comment] = [28, 30, 32].map(|it| u16_at(bytes, at + it));
        let local = u32_at(bytes, at + 42)?;
        let text = std::str::from_utf8(bytes.get(at + 46..at + 46 + name?)?).ok()?;
        let offset = local + 30 + u16_at(bytes, local + 26)? + u16_at(bytes, local + 28)?;
        if matches!(method, 0 | 8) {
            entries.insert(text.to_owned(), Entry { compressed: method == 8, offset, length });
        }
        at += 46 + name? + extra? + comment?;
    }
    Some(entries)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()
}
