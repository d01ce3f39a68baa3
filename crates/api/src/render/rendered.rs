//! From the engine to the writer: a value at the root that is written as bytes.

use super::{Out, Place, Render, Roots};
use crate::limits::Budget;
use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerError, ServerResult, Value,
    parser::types::Field, registry::Registry,
};
use std::{borrow::Cow, sync::Arc};

/// A value of a root field that writes itself. To the schema it is the value.
///
/// The bytes travel through the engine as one opaque value, and the response puts them where they belong. Without a
/// compiled selection for it the engine answers field by field.
#[derive(Clone, Debug)]
pub(crate) struct Rendered<T>(pub(crate) T);

impl<T: Render + OutputType> OutputType for Rendered<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::qualified_type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let roots = ctx.data_opt::<Arc<Roots>>();
        let key = &field.node.response_key().node;
        let Some(selection) = roots.and_then(|roots| roots.of(key)) else {
            return self.0.resolve(ctx, field).await;
        };
        let path = ctx.set_error_path(ServerError::new("", None)).path;
        let mut out = Out::new();
        let written = self.0.render(&Place::root(&path), selection, &mut out);
        if let Some(budget) = ctx.data_opt::<Arc<Budget>>() {
            budget.add(out.fields);
        }
        for error in out.errors {
            ctx.add_error(error);
        }
        written.map_err(|failed| *failed.0)?;
        Ok(Value::Binary(out.bytes.into()))
    }
}
