//! Regions as the screens ask for them.

use domain::geo::Point;
use domain::ports::{Place, Places};

use super::outline::outline;
use super::{Region, Regions};

impl Regions {
    fn place(&self, region: &Region) -> Place {
        Place {
            adcode: region.adcode,
            level: region.level,
            name: region.name.clone(),
            path: self.path(region.adcode),
            centre: region.centre,
            has_children: self.children(region.adcode).next().is_some(),
        }
    }
}

impl Places for Regions {
    fn provinces(&self) -> Vec<Place> {
        self.provinces().map(|region| self.place(region)).collect()
    }

    fn children(&self, adcode: u32) -> Vec<Place> {
        self.children(adcode).map(|region| self.place(region)).collect()
    }

    fn by_adcode(&self, adcode: u32) -> Option<Place> {
        self.by_adcode(adcode).map(|region| self.place(region))
    }

    fn county_of(&self, point: Point) -> Option<Place> {
        self.county_of(point).map(|region| self.place(region))
    }

    fn find(&self, words: &str, limit: usize) -> Vec<Place> {
        self.find_by_name(words, limit).into_iter().map(|region| self.place(region)).collect()
    }

    fn outline(&self, adcode: u32) -> Option<&'static [u8]> {
        outline(adcode).map(|outline| outline.json)
    }
}
