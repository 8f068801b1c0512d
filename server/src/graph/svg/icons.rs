//! The signs of the types of state, drawn for a square of 18.

use std::fmt::Write;

use super::super::NodeKind;
use super::{Point, round};
use crate::catalog::states::StateType;

pub fn write(out: &mut String, kind: NodeKind, at: Point) {
    let paths = match kind {
        // A cogwheel.
        NodeKind::State(Some(StateType::Task)) => {
            "M9,5.5a3.5,3.5 0 1 0 0.01,0z M9,1.5v2.5 M9,14v2.5 M1.5,9h2.5 M14,9h2.5 M3.7,3.7l1.8,1.8 M12.5,12.5l1.8,1.8 \
             M3.7,14.3l1.8,-1.8 M12.5,5.5l1.8,-1.8"
        }
        // A diamond with a question in it.
        NodeKind::State(Some(StateType::Choice)) => {
            "M9,1.5L16.5,9L9,16.5L1.5,9z M7,7.6a2,2 0 1 1 2,2.2v0.8 M9,12.3v0.6"
        }
        // What comes in goes on.
        NodeKind::State(Some(StateType::Pass)) => "M2,9h13 M10.5,4.5L15,9l-4.5,4.5",
        // A clock.
        NodeKind::State(Some(StateType::Wait)) => "M9,1.8a7.2,7.2 0 1 0 0.01,0z M9,5v4.2l3,2",
        // Sheets on a pile.
        NodeKind::State(Some(StateType::Map)) => "M2,6h10v10h-10z M5,6v-3h10v10h-3",
        // One way becomes three.
        NodeKind::State(Some(StateType::Parallel)) => "M9,1.5v4 M3,16v-5.5h12v5.5 M9,5.5v10.5",
        NodeKind::State(Some(StateType::Succeed)) => "M9,1.8a7.2,7.2 0 1 0 0.01,0z M5.5,9.2l2.5,2.5l4.5,-5",
        NodeKind::State(Some(StateType::Fail)) => {
            "M9,1.8a7.2,7.2 0 1 0 0.01,0z M6.2,6.2l5.6,5.6 M11.8,6.2l-5.6,5.6"
        }
        NodeKind::State(None) | NodeKind::Unknown => "M6,6a3,3 0 1 1 3,3.4v1.6 M9,14v0.8",
        // A warning.
        NodeKind::Missing => "M9,2L17,16H1z M9,7v4.5 M9,13.4v0.6",
        NodeKind::Start | NodeKind::End => return,
    };
    let (x, y) = (round(at.x), round(at.y));
    let _ = write!(out, "<path class=\"icon\" transform=\"translate({x},{y})\" d=\"{paths}\"/>");
}
