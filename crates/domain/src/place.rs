//! Places: territories with their official division codes.

use crate::{fold::fold, id::PlaceId, vocabulary::PlaceLevel};
use serde::{Deserialize, Serialize};

/// 区域: a territory. A district is a place; its government is a party *of* that place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The administrative division code (GB/T 2260, six digits; the Ministry of Civil Affairs publishes it), if it has one.
    pub code: Option<String>,
    /// The official name.
    pub name: String,
    /// Its administrative level.
    pub level: PlaceLevel,
    /// The place it lies in.
    pub parent: Option<PlaceId>,
}

/// The level that a place's name shows.
pub fn level_of(name: &str) -> PlaceLevel {
    const MUNICIPALITIES: [&str; 4] = ["北京市", "天津市", "上海市", "重庆市"];
    let name = fold(name);
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| name.ends_with(suffix));
    if MUNICIPALITIES.contains(&name.as_str()) || ends(&["省", "自治区", "特别行政区"]) {
        PlaceLevel::Province
    } else if ends(&["开发区", "高新区", "园区", "保税区", "生态城", "示范区"]) {
        PlaceLevel::Zone
    } else if ends(&["区", "县", "旗"]) {
        PlaceLevel::District
    } else if ends(&["镇", "乡", "街道", "苏木"]) {
        PlaceLevel::Township
    } else if ends(&["市", "州", "盟", "地区"]) {
        PlaceLevel::Prefecture
    } else {
        PlaceLevel::Country
    }
}
