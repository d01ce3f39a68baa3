//! The tables as rows of plain columns, and the one crossing between a fact and its row.
//!
//! A new concept is a file here with its columns and its [`Versioned`], and a line in `each_table!`.

pub(crate) mod cell;

pub(crate) mod api_token;
pub(crate) mod changeset;
pub(crate) mod draft;
pub(crate) mod event;
pub(crate) mod idempotency;
pub(crate) mod log_head;
pub(crate) mod origin;
pub(crate) mod register;
pub(crate) mod text;

use cell::BadCell;
use domain::{
    change::{Change, Edit, Fact},
    time::Seq,
};
use sea_orm::{
    DbErr, EntityTrait, FromQueryResult, IntoActiveModel, Iterable, ModelTrait, QueryResult,
    TryGetable,
};
use std::hash::Hash;
use uuid::Uuid;

/// Until when a row holds that still does.
pub(crate) const OPEN: i64 = u32::MAX as i64;

/// What leads every row of the projection: whose fact, and from when to when the register knew it so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    pub(crate) register: Uuid,
    pub(crate) id: Uuid,
    pub(crate) since: i64,
    pub(crate) until: i64,
}

impl Version {
    /// The seqs at which the row begins to hold and, if it does, ceases to.
    pub(crate) fn known(self) -> Result<(Seq, Option<Seq>), BadCell> {
        let until = (self.until != OPEN)
            .then(|| cell::number("until_seq", self.until))
            .transpose()?;
        Ok((Seq(cell::number("since_seq", self.since)?), until.map(Seq)))
    }
}

/// The table of one kind of fact: a row for every version of it.
pub(crate) trait Versioned:
    EntityTrait<Model: Row<Self> + Hash + IntoActiveModel<Self::ActiveModel>, Column: Iterable>
{
    /// Its name, which is also the log's name for this kind of fact.
    const NAME: &'static str;

    /// What a row says.
    type Fact: Fact;

    /// The edit in `change`, if it is of this kind.
    fn edit(change: &Change) -> Option<&Edit<Self::Fact>>;

    /// Reads a row by the places of its columns, which are in the order of the model's. To look for each by its name
    /// takes most of the time that reading a row takes.
    fn read(row: &QueryResult) -> Result<Self::Model, DbErr>;

    fn row(version: Version, fact: &Self::Fact) -> Self::Model;

    fn fact(row: Self::Model) -> Result<Self::Fact, BadCell>;
}

/// A row of the projection.
pub(crate) trait Row<E: EntityTrait>:
    ModelTrait<Entity = E> + FromQueryResult + Send + Sync
{
    fn version(&self) -> Version;
}

/// A row that is read by the places of its columns.
pub(crate) struct ByPlace<T: Versioned>(pub(crate) T::Model);

impl<T: Versioned> FromQueryResult for ByPlace<T> {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        T::read(row).map(Self)
    }
}

/// The cells of a row, one after the other.
pub(crate) struct Cells<'a> {
    row: &'a QueryResult,
    next: usize,
}

impl<'a> Cells<'a> {
    pub(crate) fn of(row: &'a QueryResult) -> Self {
        Self { row, next: 0 }
    }

    pub(crate) fn next<T: TryGetable>(&mut self) -> Result<T, DbErr> {
        let place = self.next;
        self.next += 1;
        self.row.try_get_by_index(place)
    }
}

/// Declares the row of a projection table: the columns that all share, then its own.
macro_rules! versioned {
    ($table:tt of $fact:ident { $($column:ident: $type:ty,)* }) => {
        use sea_orm::entity::prelude::*;

        #[derive(Clone, Debug, PartialEq, Eq, Hash, DeriveEntityModel)]
        #[sea_orm(table_name = $table)]
        pub struct Model {
            #[sea_orm(primary_key, auto_increment = false)]
            pub register_id: Uuid,
            #[sea_orm(primary_key, auto_increment = false)]
            pub id: Uuid,
            #[sea_orm(primary_key, auto_increment = false)]
            pub since_seq: i64,
            pub until_seq: i64,
            $(pub $column: $type,)*
        }

        #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
        pub enum Relation {}

        impl ActiveModelBehavior for ActiveModel {}

        impl $crate::row::Row<Entity> for Model {
            fn version(&self) -> $crate::row::Version {
                $crate::row::Version {
                    register: self.register_id,
                    id: self.id,
                    since: self.since_seq,
                    until: self.until_seq,
                }
            }
        }

        impl $crate::row::Versioned for Entity {
            const NAME: &'static str = $table;
            type Fact = $fact;

            fn edit(change: &domain::change::Change) -> Option<&domain::change::Edit<$fact>> {
                match change {
                    domain::change::Change::$fact(edit) => Some(edit),
                    _ => None,
                }
            }

            fn read(row: &QueryResult) -> Result<Model, DbErr> {
                let mut cells = $crate::row::Cells::of(row);
                Ok(Model {
                    register_id: cells.next()?,
                    id: cells.next()?,
                    since_seq: cells.next()?,
                    until_seq: cells.next()?,
                    $($column: cells.next()?,)*
                })
            }

            fn row(version: $crate::row::Version, fact: &$fact) -> Model {
                row(version, fact)
            }

            fn fact(row: Model) -> Result<$fact, $crate::row::cell::BadCell> {
                fact(row)
            }
        }
    };
}

pub(crate) mod assignment;
pub(crate) mod clause;
pub(crate) mod deadline;
pub(crate) mod document;
pub(crate) mod party;
pub(crate) mod party_name;
pub(crate) mod place;
pub(crate) mod plan;
pub(crate) mod progress_report;
pub(crate) mod progress_rule;
pub(crate) mod reorganization;
pub(crate) mod section;
pub(crate) mod standing;
pub(crate) mod supervision_case;
pub(crate) mod target;
pub(crate) mod task;

/// Does `$do` for the table of every kind of fact, what is referred to before what refers to it.
macro_rules! each_table {
    ($table:ident => $do:expr) => {
        each_table!($table => $do; document place party party_name reorganization plan section task standing clause assignment target deadline progress_report supervision_case progress_rule)
    };
    ($table:ident => $do:expr; $($module:ident)*) => {
        $({
            type $table = $crate::row::$module::Entity;
            $do;
        })*
    };
}
pub(crate) use each_table;
