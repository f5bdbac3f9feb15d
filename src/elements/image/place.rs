//! What a page keeps free for an image, and whether that is seen at once.

/// Images within so many bytes of HTML from the top of a page are seen at once; to load them lazily would delay them.
const FIRST_VIEW: usize = 4_000;
/// What stands for a pixel of the images above, in bytes of HTML.
const PER_PIXEL: usize = 4;
/// The width of the text, in pixels: wider images are shown smaller.
const COLUMN: u32 = 704;

/// Whether an image is below what is seen at once: after so many bytes of HTML and images of this height.
pub fn is_below(html: usize, pictured: u32) -> bool {
    html + pictured as usize * PER_PIXEL > FIRST_VIEW
}

/// How high an image of this size is shown, in pixels; 0 where that is unknown.
pub fn height(width: Option<u32>, height: Option<u32>) -> u32 {
    let (Some(width), Some(height)) = (width, height) else { return 0 };
    let shown = u64::from(height) * u64::from(width.min(COLUMN)) / u64::from(width.max(1));
    shown.min(10_000) as u32
}

/// The size to reserve: as given, in the file's proportions where only one side is given, else the file's own.
pub fn size(given: (Option<u32>, Option<u32>), own: Option<(u32, u32)>) -> (Option<u32>, Option<u32>) {
    let scale = |side: u32, of: u32, to: u32| {
        let scaled = (u64::from(side) * u64::from(to) + u64::from(of) / 2) / u64::from(of);
        u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
    };
    match (given, own.filter(|(width, height)| *width > 0 && *height > 0)) {
        ((Some(width), None), Some((w, h))) => (Some(width), Some(scale(width, w, h))),
        ((None, Some(height)), Some((w, h))) => (Some(scale(height, h, w)), Some(height)),
        ((None, None), Some((w, h))) => (Some(w), Some(h)),
        (given, _) => given,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_keep_proportions() {
        for (given, own, expected) in [
            ((Some(100), None), Some((400, 200)), (Some(100), Some(50))),
            ((None, Some(100)), Some((400, 200)), (Some(200), Some(100))),
            ((None, None), Some((400, 200)), (Some(400), Some(200))),
            ((Some(10), Some(20)), Some((400, 200)), (Some(10), Some(20))),
            ((Some(1), None), Some((4000, 1)), (Some(1), Some(1))),
            ((Some(10), None), None, (Some(10), None)),
            ((Some(10), None), Some((0, 5)), (Some(10), None)),
        ] {
            assert_eq!(super::size(given, own), expected);
        }
    }

    #[test]
    fn images_below_others_are_below() {
        for (html, images, expected) in [
            (0, &[][..], false),
            (5_000, &[], true),
            (500, &[(1408, 800)], false),
            (500, &[(1408, 800), (704, 600)], true),
            (500, &[(704, 1_000)], true),
        ] {
            let pictured = images.iter().map(|(width, tall)| super::height(Some(*width), Some(*tall))).sum();
            assert_eq!(super::is_below(html, pictured), expected, "{html} {images:?}");
        }
    }
}
