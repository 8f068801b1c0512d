//! Text inside text: from a decoded string back to its place in the source, and the other way.

/// A stretch of decoded text and where it comes from. Within a stretch of equal lengths bytes correspond one to one;
/// where the lengths differ (an escape, a folded line break) the stretch is one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Segment {
    inner: u32,
    inner_len: u32,
    outer: u32,
    outer_len: u32,
}

/// Maps offsets of a decoded string to offsets of the text that holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetMap {
    segments: Vec<Segment>,
}

impl OffsetMap {
    /// Says that the next `inner_len` bytes of the decoded text come from `outer_len` bytes at `outer`.
    pub fn push(&mut self, inner_len: usize, outer: usize, outer_len: usize) {
        let inner = self.inner_len();
        if let Some(last) = self.segments.last_mut() {
            let verbatim = last.inner_len == last.outer_len && inner_len == outer_len;
            if verbatim && (last.outer + last.outer_len) as usize == outer {
                last.inner_len += inner_len as u32;
                last.outer_len += outer_len as u32;
                return;
            }
        }
        self.segments.push(Segment {
            inner: inner as u32,
            inner_len: inner_len as u32,
            outer: outer as u32,
            outer_len: outer_len as u32,
        });
    }

    /// Where the byte at `inner` begins. The end of the decoded text maps to the end of the last stretch.
    pub fn outer(&self, inner: usize) -> usize {
        let Some(segment) = self.segment_of(inner) else {
            return self.segments.last().map_or(0, |last| (last.outer + last.outer_len) as usize);
        };
        let into = inner - segment.inner as usize;
        if segment.inner_len == segment.outer_len {
            segment.outer as usize + into
        } else {
            segment.outer as usize
        }
    }

    /// Where the text before `inner` ends: differs from [`OffsetMap::outer`] at the edge between two stretches.
    pub fn outer_end(&self, inner: usize) -> usize {
        if inner == 0 {
            return self.outer(0);
        }
        match self.segment_of(inner - 1) {
            Some(segment) if segment.inner_len != segment.outer_len => {
                (segment.outer + segment.outer_len) as usize
            }
            Some(segment) => segment.outer as usize + (inner - segment.inner as usize),
            None => self.outer(inner),
        }
    }

    /// The byte of the decoded text that `outer` falls into.
    pub fn inner(&self, outer: usize) -> usize {
        let index = self.segments.partition_point(|segment| (segment.outer as usize) <= outer);
        let Some(segment) = index.checked_sub(1).and_then(|index| self.segments.get(index)) else { return 0 };
        let into = outer - segment.outer as usize;
        if into >= segment.outer_len as usize {
            (segment.inner + segment.inner_len) as usize
        } else if segment.inner_len == segment.outer_len {
            segment.inner as usize + into
        } else {
            segment.inner as usize
        }
    }

    pub(crate) fn relative_to(mut self, base: usize) -> OffsetMap {
        for segment in &mut self.segments {
            segment.outer = segment.outer.saturating_sub(base as u32);
        }
        self
    }

    /// Gives each place in the text around another one.
    pub(crate) fn place(&mut self, place: impl Fn(usize) -> usize) {
        for segment in &mut self.segments {
            let end = place((segment.outer + segment.outer_len) as usize) as u32;
            segment.outer = place(segment.outer as usize) as u32;
            segment.outer_len = end.saturating_sub(segment.outer);
        }
    }

    fn inner_len(&self) -> usize {
        self.segments.last().map_or(0, |last| (last.inner + last.inner_len) as usize)
    }

    fn segment_of(&self, inner: usize) -> Option<&Segment> {
        let index =
            self.segments.partition_point(|segment| (segment.inner + segment.inner_len) as usize <= inner);
        self.segments.get(index).filter(|segment| segment.inner as usize <= inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_is_one_unit() {
        // Source `a\nb` at 10, decoded `a`, line feed, `b`.
        let mut map = OffsetMap::default();
        map.push(1, 10, 1);
        map.push(1, 11, 2);
        map.push(1, 13, 1);
        assert_eq!([0, 1, 2, 3].map(|inner| map.outer(inner)), [10, 11, 13, 14]);
        assert_eq!([10, 11, 12, 13, 14].map(|outer| map.inner(outer)), [0, 1, 1, 2, 3]);
        assert_eq!(map.outer_end(2), 13);
    }
}
