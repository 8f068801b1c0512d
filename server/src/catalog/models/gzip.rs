//! Unpacks a gzip file. The generator includes this file too.

use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// The contents, when they are whole and not longer than `limit`.
pub fn gunzip(bytes: &[u8], limit: usize) -> Option<Vec<u8>> {
    let [0x1f, 0x8b, 8, flags, ..] = *bytes else { return None };
    let mut at = 10;
    if flags & 4 != 0 {
        let length = bytes.get(at..at + 2)?;
        at += 2 + usize::from(u16::from_le_bytes(length.try_into().ok()?));
    }
    // The file's name and a comment, both ended by a zero.
    for flag in [8, 16] {
        if flags & flag != 0 {
            at += bytes.get(at..)?.iter().position(|&it| it == 0)? + 1;
        }
    }
    if flags & 2 != 0 {
        at += 2;
    }
    decompress_to_vec_with_limit(bytes.get(at..)?, limit).ok()
}
