//! The `<…>` of a function: only where a type parameter may stand is checked, as in the reference.

use super::errors::Code;

pub(super) struct Fault {
    pub(super) code: Code,
    /// From the opening `<`.
    pub(super) offset: u32,
    pub(super) message: String,
}

/// The first fault of a signature given without blanks, from its `<` on.
pub(super) fn check(signature: &str) -> Option<Fault> {
    let mut previous = None;
    let mut rest = signature.char_indices().skip(1);
    while let Some((offset, letter)) = rest.next() {
        match letter {
            ':' => return None,
            's' | 'n' | 'b' | 'l' | 'o' | 'a' | 'f' | 'j' | 'x' => previous = Some(letter),
            '(' => {
                if skip_to(&mut rest, '(', ')') {
                    return Some(Fault {
                        code: Code::S0402,
                        offset: offset as u32,
                        message: "a choice of types in a signature takes no `<…>` inside".to_owned(),
                    });
                }
                previous = Some('(');
            }
            '<' if matches!(previous, Some('a' | 'f')) => {
                skip_to(&mut rest, '<', '>');
            }
            '<' => {
                return Some(Fault {
                    code: Code::S0401,
                    offset: offset as u32,
                    message: "only `a` and `f` take a type in `<…>` in a signature".to_owned(),
                });
            }
            _ => {}
        }
    }
    None
}

/// Passes over a bracket; tells whether a `<` stood inside.
fn skip_to(rest: &mut impl Iterator<Item = (usize, char)>, open: char, close: char) -> bool {
    let mut depth = 1;
    let mut angle = false;
    for (_, letter) in rest {
        angle |= letter == '<';
        if letter == close {
            depth -= 1;
            if depth == 0 {
                break;
            }
        } else if letter == open {
            depth += 1;
        }
    }
    angle
}
