//! Uploads after the GraphQL multipart request specification: a part `operations` with the JSON, a part `map` that says
//! which variable each file is for, then the files.

use super::{
    parameters::malformed,
    receive::{BodyLimits, too_large},
    upload::Upload,
};
use crate::{
    document::Parameters,
    error::{Code, Fault},
};
use async_graphql::{ScalarType as _, Value, Variables};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName},
};
use mime::Mime;
use multer::{Constraints, Field, Multipart, SizeLimit};
use std::collections::HashMap;

/// Headers one of which must be there, whatever its value. A form on a foreign web page can send an upload, but no
/// header of its own.
pub(super) const PREFLIGHT_HEADERS: [HeaderName; 2] = [
    HeaderName::from_static("graphql-preflight"),
    HeaderName::from_static("apollo-require-preflight"),
];

const MAP_BYTES: u64 = 16 * 1024;

/// Reads an upload. Nothing is kept of it outside memory.
pub(super) async fn receive(
    headers: &HeaderMap,
    content_type: &Mime,
    body: Body,
    limits: &BodyLimits,
) -> Result<Parameters, Fault> {
    if !PREFLIGHT_HEADERS
        .iter()
        .any(|name| headers.contains_key(name))
    {
        return Err(Fault::new(
            Code::PreflightRequired,
            "an upload needs the header `Graphql-Preflight: 1`, so that no other web page can send it",
        ));
    }
    let boundary = content_type
        .get_param(mime::BOUNDARY)
        .ok_or_else(|| malformed("the content type of an upload names its boundary"))?;
    let sizes = SizeLimit::new()
        .whole_stream(limits.upload as u64)
        .for_field("operations", limits.json as u64)
        .for_field("map", MAP_BYTES);
    let parts = Multipart::with_constraints(
        body.into_data_stream(),
        boundary.as_str(),
        Constraints::new().size_limit(sizes),
    );
    Reader { parts, limits }.read().await
}

struct Reader<'a> {
    parts: Multipart<'static>,
    limits: &'a BodyLimits,
}

impl Reader<'_> {
    async fn read(mut self) -> Result<Parameters, Fault> {
        let mut parameters = Parameters::from_json(&self.expect_part("operations").await?)?;
        let map: HashMap<String, Vec<String>> =
            serde_json::from_slice(&self.expect_part("map").await?)
                .map_err(|error| malformed(format!("the part `map` cannot be read: {error}")))?;
        self.read_files(map, &mut parameters.variables).await?;
        Ok(parameters)
    }

    /// The bytes of the next part, which must be this one.
    async fn expect_part(&mut self, name: &str) -> Result<Bytes, Fault> {
        match self.next_part().await? {
            Some(part) if part.name() == Some(name) => {
                part.bytes().await.map_err(|error| self.broken(&error))
            }
            _ => Err(malformed(format!(
                "the part `{name}` is not where it belongs: send `operations`, then `map`, then the files"
            ))),
        }
    }

    async fn read_files(
        &mut self,
        mut map: HashMap<String, Vec<String>>,
        variables: &mut Variables,
    ) -> Result<(), Fault> {
        if map.len() > self.limits.files {
            return Err(Fault::new(
                Code::PayloadTooLarge,
                format!(
                    "{} files in one upload, and no more than {} are allowed; send the rest in another",
                    map.len(),
                    self.limits.files
                ),
            ));
        }
        while let Some(part) = self.next_part().await? {
            let name = part.name().unwrap_or_default();
            let paths = map.remove(name).ok_or_else(|| {
                malformed(format!(
                    "the part `{name}` is not in the map, or comes twice"
                ))
            })?;
            let upload = Upload {
                name: part.file_name().unwrap_or_default().to_owned(),
                content: part.bytes().await.map_err(|error| self.broken(&error))?,
            };
            for path in &paths {
                place(&upload, path, variables)?;
            }
        }
        match map.keys().next() {
            Some(missing) => Err(malformed(format!(
                "the map names a file `{missing}` that is not in the upload"
            ))),
            None => Ok(()),
        }
    }

    async fn next_part(&mut self) -> Result<Option<Field<'static>>, Fault> {
        let part = self.parts.next_field().await;
        part.map_err(|error| self.broken(&error))
    }

    fn broken(&self, error: &multer::Error) -> Fault {
        match error {
            multer::Error::StreamSizeExceeded { .. } => too_large(
                "the upload",
                self.limits.upload,
                "send fewer or smaller files",
            ),
            multer::Error::FieldSizeExceeded { limit, field_name } => too_large(
                &format!("the part `{}`", field_name.as_deref().unwrap_or_default()),
                *limit as usize,
                "send long texts as files",
            ),
            other => malformed(format!("the upload cannot be read: {other}")),
        }
    }
}

/// Puts a file where its path points, such as `variables.input.files.0`. There must be a `null` there.
fn place(upload: &Upload, path: &str, variables: &mut Variables) -> Result<(), Fault> {
    match variable(path, variables) {
        Some(place @ Value::Null) => {
            *place = upload.to_value();
            Ok(())
        }
        _ => Err(malformed(format!(
            "the map puts a file at `{path}`, where the operations have no null"
        ))),
    }
}

fn variable<'v>(path: &str, variables: &'v mut Variables) -> Option<&'v mut Value> {
    let mut steps = path.strip_prefix("variables.")?.split('.');
    let first = variables.get_mut(steps.next()?)?;
    steps.try_fold(first, |value, step| match value {
        Value::List(items) => items.get_mut(step.parse::<usize>().ok()?),
        Value::Object(fields) => fields.get_mut(step),
        _ => None,
    })
}
