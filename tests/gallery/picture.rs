//! A picture, its file, and how far it may be from another one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;

/// A channel may be off by this much: what the arithmetic of another machine rounds differently.
const TOLERATED: u8 = 24;

/// Pixels row by row: red, green, blue.
#[derive(Clone, PartialEq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub pixels: Vec<[u8; 3]>,
}

impl Picture {
    pub fn read(file: &Path) -> Option<Self> {
        let mut decoder = png::Decoder::new(BufReader::new(File::open(file).ok()?));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut bytes).unwrap();
        assert_eq!(info.color_type, png::ColorType::Rgb, "{}", file.display());
        Some(Self {
            width: info.width,
            height: info.height,
            pixels: bytes.as_chunks().0.to_vec(),
        })
    }

    /// Writes it with a palette, which makes it small.
    pub fn write(&self, file: &Path) {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let target = BufWriter::new(File::create(file).unwrap());
        let colours = self.colours();
        assert!(colours.len() <= 256, "it is to be one with few colours");
        let mut encoder = png::Encoder::new(target, self.width, self.height);
        encoder.set_compression(png::Compression::High);
        encoder.set_filter(png::Filter::NoFilter);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(colours.keys().flatten().copied().collect::<Vec<u8>>());
        let places: BTreeMap<_, u8> = colours.into_keys().zip(0..=255).collect();
        let bytes: Vec<u8> = self.pixels.iter().map(|pixel| places[pixel]).collect();
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&bytes).unwrap();
        writer.finish().unwrap();
    }

    /// How often each colour is there.
    fn colours(&self) -> BTreeMap<[u8; 3], u32> {
        let mut colours = BTreeMap::new();
        let mut last = ([0; 3], 0);
        // Most neighbours are alike.
        for &pixel in &self.pixels {
            if pixel != last.0 {
                *colours.entry(last.0).or_default() += last.1;
                last = (pixel, 0);
            }
            last.1 += 1;
        }
        *colours.entry(last.0).or_default() += last.1;
        colours.retain(|_, count| *count > 0);
        colours
    }

    /// The same with at most 256 colours. Those that hardly differ become the one of them that is
    /// there most often; where that does not suffice, rare ones become the nearest of the others.
    pub fn with_few_colours(&self) -> Self {
        let all = self.colours();
        let bits = (1..4).find(|bits| {
            let groups = all
                .keys()
                .map(|colour| colour.map(|channel| channel >> bits));
            groups.collect::<BTreeSet<_>>().len() <= 256
        });
        let bits = bits.unwrap_or(3);
        let group = |colour: [u8; 3]| colour.map(|channel| channel >> bits);
        let mut groups: BTreeMap<[u8; 3], ([u8; 3], u32, u32)> = BTreeMap::new();
        for (colour, count) in all {
            let (best, most, all) = groups.entry(group(colour)).or_insert((colour, 0, 0));
            if count > *most {
                (*best, *most) = (colour, count);
            }
            *all += count;
        }
        let mut kept: Vec<([u8; 3], u32)> = groups.values().map(|g| (g.0, g.2)).collect();
        kept.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
        kept.truncate(256);
        let far = |one: [u8; 3], other: [u8; 3]| -> u32 {
            let squares = (0..3).map(|n| u32::from(one[n].abs_diff(other[n])).pow(2));
            squares.sum()
        };
        let nearest = |colour| kept.iter().map(|k| k.0).min_by_key(|k| far(colour, *k));
        let places = groups
            .into_iter()
            .map(|(group, (best, ..))| (group, nearest(best).unwrap()));
        let places: BTreeMap<[u8; 3], [u8; 3]> = places.collect();
        let mut last = ([0; 3], places.get(&[0; 3]).copied().unwrap_or_default());
        let pixels = self.pixels.iter().map(|&pixel| {
            if pixel != last.0 {
                last = (pixel, places[&group(pixel)]);
            }
            last.1
        });
        Self {
            pixels: pixels.collect(),
            ..*self
        }
    }

    /// Which pixels are not alike; `None` where the sizes differ.
    pub fn differences(&self, other: &Self) -> Option<Vec<usize>> {
        let sizes = |picture: &Self| (picture.width, picture.height);
        let is_off = |(one, other): (&[u8; 3], &[u8; 3])| {
            one != other && (0..3).any(|n| one[n].abs_diff(other[n]) > TOLERATED)
        };
        let pairs = self.pixels.iter().zip(&other.pixels);
        let off = pairs.enumerate().filter(|(_, pair)| is_off(*pair));
        (sizes(self) == sizes(other)).then(|| off.map(|(place, _)| place).collect())
    }

    /// This picture in grey, with these pixels in red.
    pub fn marked(&self, places: &[usize]) -> Self {
        let mut marked = self.clone();
        for pixel in &mut marked.pixels {
            let light = pixel.iter().map(|&channel| u16::from(channel)).sum::<u16>() / 3;
            *pixel = [(light / 2) as u8; 3];
        }
        for &place in places {
            marked.pixels[place] = [255, 30, 30];
        }
        marked
    }
}

#[test]
fn a_word_that_is_another_one_is_a_difference_and_a_rounded_edge_is_none() {
    let plain = Picture {
        width: 40,
        height: 10,
        pixels: vec![[24, 25, 29]; 400],
    };
    let mut rounded = plain.clone();
    rounded.pixels[17] = [44, 45, 9];
    assert_eq!(plain.differences(&rounded), Some(vec![]));
    let mut other = plain.clone();
    other.pixels[17] = [228, 230, 235];
    assert_eq!(plain.differences(&other), Some(vec![17]));
    let narrow = Picture { width: 20, ..plain };
    assert!(narrow.differences(&other).is_none());
}
