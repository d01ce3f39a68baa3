//! What stands behind the last sentence of a row, a column behind the other: 加装电梯50部。王伟市住建局各街道12月底前.

use super::{
    Reader, Run,
    names::{SIGNS, begins_name},
};
use crate::{
    bracket::split_outside,
    due,
    kind::{self, is_certain, looks_like_name, says_what_to_do},
    line::{ends_sentence, trimmed},
    person::is_leader,
    role::Slot,
    table::Column,
};
use domain::{directory::level_word, vocabulary::PartyKind};
use std::ops::Range;

/// No body has more characters.
const LONGEST: usize = 24;

impl Reader<'_> {
    /// Those who answer behind the last sentence of a row, and by when. Where the sentence ends, they surely begin, so that they
    /// need not show it themselves; all of it has to be of the columns behind that of the tasks.
    pub(super) fn tail(&self, body: &Range<usize>) -> Option<(Run, Option<Range<usize>>)> {
        /// So many sentences may stand in remarks.
        const REMARKS: usize = 3;
        const MOST: usize = 300;
        let text = self.grammar.text;
        let words = text[body.clone()].trim_end_matches(['|', ' ', '\n']);
        let end = body.start + words.len();
        let columns = self.columns_behind_tasks();
        let remarks = columns.last() == Some(&Some(Column::Other));
        let stops = words
            .char_indices()
            .rev()
            .filter(|(_, c)| ends_sentence(*c));
        let mut stops = stops.take(if remarks { REMARKS } else { 1 });
        stops.find_map(|(at, stop)| {
            let behind = &words[at + stop.len_utf8()..];
            let tail = behind.trim_start_matches(['"', ')', ' ', '\n']);
            let short = !tail.is_empty() && tail.chars().nth(MOST).is_none();
            short.then(|| self.tail_in(&columns, end - tail.len()..end))?
        })
    }

    /// What the columns hold behind those that say what is to be done.
    fn columns_behind_tasks(&self) -> Vec<Option<Column>> {
        let columns = self.columns.iter().map(|headed| headed.column);
        let columns: Vec<_> = columns.collect();
        let says_what = |column: &Option<Column>| column.is_some_and(Column::says_what);
        let task = columns.iter().rposition(says_what).map_or(0, |at| at + 1);
        columns[task..].to_vec()
    }

    fn tail_in(
        &self,
        columns: &[Option<Column>],
        range: Range<usize>,
    ) -> Option<(Run, Option<Range<usize>>)> {
        let grammar = self.grammar;
        let place =
            |of: &dyn Fn(Column) -> bool| columns.iter().position(|column| column.is_some_and(of));
        let parties = place(&Column::names_parties)?;
        let timed = place(&|column| column == Column::States(Slot::Deadline));
        let led = place(&|column| column == Column::States(Slot::Persons));
        let remarks = columns.last() == Some(&Some(Column::Other));
        let mut rest = range.clone();
        let mut time = None;
        if let Some(timed) = timed {
            let due = due::expected(grammar.text, range.clone(), grammar.year);
            time = due.map(|due| due.range);
            // 2024年底前并长期坚持
            if columns.len() == timed + 1 {
                let starts = time.into_iter().chain(self.time_at_end(&range));
                time = starts
                    .map(|time| time.start..range.end)
                    .min_by_key(|time| time.start);
            }
            match &time {
                Some(time) if timed < parties && time.start == range.start => rest.start = time.end,
                Some(time) if timed > parties && (remarks || time.end == range.end) => {
                    rest.end = time.start;
                }
                Some(_) => return None,
                None => {}
            }
        }
        let rest = trimmed(grammar.text, rest);
        let (mut leaders, start) = if led.is_some_and(|led| led < parties) {
            self.leaders_before(&rest)?
        } else {
            (vec![], rest.start)
        };
        let leaders_last = led.is_some_and(|led| led > parties);
        let more = time.is_none() && (remarks || timed.is_some_and(|timed| timed > parties));
        let names = if leaders_last {
            self.names_and_leaders(start..rest.end, &mut leaders)?
        } else {
            self.names_in(start..rest.end, more)?
        };
        let run = Run {
            start: range.start,
            leaders,
            names,
        };
        Some((run, time))
    }

    /// The bodies that a range is made of, with the leaders behind them: 市水务局、市城管局王伟、李强.
    fn names_and_leaders(
        &self,
        range: Range<usize>,
        leaders: &mut Vec<Range<usize>>,
    ) -> Option<Vec<Range<usize>>> {
        let text = self.grammar.text;
        let mut parts = split_outside(text, range.clone(), |c| SIGNS.contains(&c));
        let first = parts.find_map(|(_, part)| {
            let words = &text[part.clone()];
            let len = if is_leader(words) && !self.grammar.names.is_party(words) {
                0
            } else {
                self.before_leader(words)?
            };
            Some((part.start + len, part.end))
        });
        let Some((at, end)) = first else {
            return self.names_in(range, false);
        };
        leaders.push(at..end);
        for (_, part) in parts {
            let part = trimmed(text, part);
            if !is_leader(&text[part.clone()]) {
                return None;
            }
            leaders.push(part);
        }
        let bodies = text[range.start..at].trim_end_matches(SIGNS);
        self.names_in(range.start..range.start + bodies.len(), false)
    }

    /// The bodies that a range is made of, if it is made of nothing else; or begins with, if there may be more behind them:
    /// remarks, or a time in words that nobody knows.
    fn names_in(&self, range: Range<usize>, more: bool) -> Option<Vec<Range<usize>>> {
        let text = self.grammar.text;
        let known = |name: &str| self.grammar.names.is_party(name) || kind::may_be_body(name);
        let mut names: Vec<Range<usize>> = vec![];
        let mut unknown = 0;
        'parts: for (sign, part) in split_outside(text, range, |c| SIGNS.contains(&c)) {
            let mut start = part.start;
            while start < part.end {
                let words = &text[start..part.end];
                let len = self.seam(words).unwrap_or(words.len());
                let name = &words[..len];
                // 市歌舞团, between signs, need not be known.
                let listed = start == part.start
                    && sign.is_some_and(|sign| matches!(sign, '、' | ','))
                    && looks_like_name(name)
                    && !says_what_to_do(name);
                if more && !known(name) {
                    if let Some(len) = self.name_before_more(words) {
                        names.push(start..start + len);
                        break 'parts;
                    }
                    // 县级重点 says which kind of task it is.
                    if start > part.start && is_of_level(words) {
                        break 'parts;
                    }
                }
                // What goes on below the table may have a number.
                let counted = name.starts_with(|c: char| c.is_ascii_digit());
                let body = known(name) || listed;
                if !body || counted || name.chars().nth(LONGEST).is_some() {
                    return None;
                }
                unknown += usize::from(!known(name));
                names.push(start..start + len);
                start += len;
            }
        }
        let most_known = unknown * 2 <= names.len() && !names.is_empty();
        (most_known && self.part_cells(&mut names)).then_some(names)
    }

    /// How long the body is that words begin with, before others that are none: 市审计局续建, 各县区人民政府按职责推进.
    fn name_before_more(&self, words: &str) -> Option<usize> {
        const OFFICES: [&str; 12] = [
            "室", "厅", "会", "科", "处", "股", "队", "局", "院", "所", "站", "中心",
        ];
        // 市国资委监管企业 are not 市国资委.
        const BELOW: [&str; 4] = ["监管", "所属", "下属", "直属"];
        let ends = words.char_indices().map(|(at, _)| at).skip(2).take(LONGEST);
        let mut ends = ends.filter(|&end| {
            let name = &words[..end];
            // Whatever stands behind 市委 or 市政府 may be of its name.
            let seat = name.chars().nth(2).is_none() || name.ends_with('府');
            (!seat || words.starts_with('各')) && self.is_body(name)
        });
        if words.starts_with('各') {
            return ends.last();
        }
        // 市政府办公室 goes on behind 办, and 市教育局基础教育科 behind 局; 市财政局主办 and 市住建局会同市水务局 do not.
        let first = ends.next()?;
        if BELOW.iter().any(|below| words[first..].starts_with(below)) {
            return None;
        }
        let of_it = |end: &usize| {
            let more = &words[first..*end];
            let mut places = more.char_indices().map(|(at, _)| &more[at..]);
            let of_one = more == "会" && words[..first].ends_with('委');
            let office = OFFICES
                .iter()
                .any(|office| more.len() > office.len() && more.ends_with(office));
            (of_one || office) && !places.any(begins_name)
        };
        Some(ends.filter(of_it).last().unwrap_or(first))
    }

    /// How long the body is that words begin with, if another one surely begins behind it.
    fn seam(&self, words: &str) -> Option<usize> {
        const OF_ONE: [&str; 5] = ["各成员单位", "各部门", "各科室", "各处室", "各股室"];
        let ends = words.char_indices().map(|(at, _)| at).skip(2).take(LONGEST);
        ends.into_iter().find(|&end| {
            let (name, behind) = words.split_at(end);
            // 各区(市)县政府 is one.
            let of_levels = name.strip_prefix('各').is_some_and(kind::is_mere_level);
            let of_one = OF_ONE.iter().any(|set| behind.starts_with(set));
            begins_name(behind)
                && !of_levels
                && !of_one
                && !name.ends_with('(')
                && (self.grammar.names.is_party(name) || self.is_body(name))
        })
    }

    /// How long the body is that words begin with, if a leader by name is all that stands behind it: 市住建局王伟.
    fn before_leader(&self, words: &str) -> Option<usize> {
        const LONGEST: usize = 3;
        if self.grammar.names.is_party(words) || kind::may_be_body(words) {
            return None;
        }
        let starts = words.char_indices().rev().take(LONGEST).skip(1);
        let mut starts = starts.map(|(at, _)| at);
        starts.find(|&at| {
            let (name, leader) = words.split_at(at);
            is_leader(leader) && kind::may_be_body(name)
        })
    }

    /// Parts what looks like one name and is the last of a cell and the first of the next, where there are two columns of bodies
    /// and nothing else shows two cells: 市园林局江城城投集团, 人力资源部财务部. False where nobody can tell.
    pub(super) fn part_cells(&self, names: &mut Vec<Range<usize>>) -> bool {
        const SHORTEST: usize = 2;
        const ENDS: [char; 11] = [
            '局', '委', '办', '厅', '署', '会', '团', '部', '科', '处', '室',
        ];
        let text = self.grammar.text;
        let apart = |pair: &[Range<usize>]| text[pair[0].end..pair[1].start].trim().is_empty();
        if self.roles().len() < 2 || names.windows(2).any(apart) {
            return true;
        }
        let is_party = |name: &str| self.grammar.names.is_party(name);
        let parted = names.iter().enumerate().find_map(|(index, name)| {
            let words = &text[name.clone()];
            let ends = words.char_indices().map(|(at, _)| at);
            let mut ends = ends.skip(SHORTEST).take(LONGEST);
            let at = ends.find(|&end| {
                let (body, other) = words.split_at(end);
                // 党委 is whose the 组织部 is.
                let seat = body.ends_with('委') && body.chars().nth(2).is_none();
                let long = other.chars().nth(SHORTEST - 1).is_some();
                !seat && long && body.ends_with(ENDS) && is_party(body) && is_party(other)
            })?;
            Some((index, name.start + at))
        });
        let Some((index, at)) = parted else {
            return true;
        };
        let name = names[index].clone();
        let (body, other) = (&text[name.start..at], &text[at..name.end]);
        let of_a_level = level_word(body).is_some();
        let company = is_certain(other)
            && [PartyKind::Enterprise, PartyKind::University].contains(&kind::kind_shown(other).0);
        let alike = !of_a_level && body.chars().next_back() == other.chars().next_back();
        if alike || of_a_level && company {
            names[index].end = at;
            names.insert(index + 1, at..name.end);
            return true;
        }
        // 市教育局基础教育科 is an office of the bureau; of 物资部监察室 nobody knows.
        of_a_level
    }
}

/// Whether words begin with the level of what they speak of: 县级重点.
fn is_of_level(words: &str) -> bool {
    level_word(words).is_some_and(|level| words[level.len_utf8()..].starts_with('级'))
}
