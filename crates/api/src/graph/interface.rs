//! Registering an interface from the types that implement it, so that no field is listed twice.

use async_graphql::{
    OutputType,
    registry::{MetaType, MetaTypeId, Registry},
};

/// A type's name, and what puts it into the schema.
pub(crate) type Member = (&'static str, fn(&mut Registry) -> String);

/// Puts the interface `I` into the schema: its fields are those that all `members` have.
pub(crate) fn register<I: OutputType>(
    registry: &mut Registry,
    description: &str,
    members: &[Member],
) -> String {
    registry.create_output_type::<I, _>(MetaTypeId::Interface, |registry| {
        let mut shared = None;
        for (member, create) in members {
            create(registry);
            registry.add_implements(member, &I::type_name());
            let Some(MetaType::Object { fields, .. }) = registry.types.get(*member) else {
                continue;
            };
            match &mut shared {
                None => shared = Some(fields.clone()),
                Some(shared) => shared.retain(|name, _| fields.contains_key(name)),
            }
        }
        MetaType::Interface {
            name: I::type_name().into_owned(),
            description: Some(description.to_owned()),
            fields: shared.unwrap_or_default(),
            possible_types: members
                .iter()
                .map(|(member, _)| (*member).to_owned())
                .collect(),
            extends: false,
            inaccessible: false,
            tags: vec![],
            keys: None,
            visible: None,
            rust_typename: Some(std::any::type_name::<I>()),
            directive_invocations: vec![],
            requires_scopes: vec![],
        }
    })
}
