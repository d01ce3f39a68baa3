//! From an HTTP request to the parameters in it.

use super::{multipart, parameters::malformed};
use crate::{
    document::Parameters,
    error::{Code, Fault},
};
use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, Method, header, request::Parts},
};
use futures_util::StreamExt as _;
use mime::Mime;

/// How large a request may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyLimits {
    /// Bytes of a JSON body, and of the JSON in an upload.
    pub json: usize,
    /// Bytes of an upload, with all its files.
    pub upload: usize,
    /// Files in an upload.
    pub files: usize,
}

impl Default for BodyLimits {
    fn default() -> Self {
        Self {
            json: 1024 * 1024,
            upload: 20 * 1024 * 1024,
            files: 10,
        }
    }
}

/// Reads the parameters of a GET or POST request.
pub(super) async fn receive(request: Request, limits: &BodyLimits) -> Result<Parameters, Fault> {
    let (parts, body) = request.into_parts();
    match parts.method {
        Method::GET | Method::HEAD => Parameters::from_query_string(&parts.uri),
        Method::POST => receive_body(&parts, body, limits).await,
        method => Err(Fault::new(
            Code::MethodNotAllowed,
            format!("{method} is not understood here; use GET or POST"),
        )),
    }
}

async fn receive_body(parts: &Parts, body: Body, limits: &BodyLimits) -> Result<Parameters, Fault> {
    let content_type = content_type(&parts.headers)?;
    match content_type.essence_str() {
        "application/json" => Parameters::from_json(&read(body, limits.json).await?),
        "multipart/form-data" => {
            multipart::receive(&parts.headers, &content_type, body, limits).await
        }
        _ => Err(unsupported()),
    }
}

/// The content type of a body that can be read as UTF-8 and without being unpacked.
///
/// Only types that a web page cannot send to a foreign origin without asking first are understood, or, for uploads, a
/// header is needed that it cannot send: this is what keeps foreign pages from writing with a user's rights.
fn content_type(headers: &HeaderMap) -> Result<Mime, Fault> {
    let content_type: Mime = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .ok_or_else(unsupported)?;
    let utf8 = content_type
        .get_param(mime::CHARSET)
        .is_none_or(|charset| charset == mime::UTF_8);
    let plain = headers
        .get(header::CONTENT_ENCODING)
        .is_none_or(|encoding| encoding == "identity");
    if utf8 && plain {
        Ok(content_type)
    } else {
        Err(unsupported())
    }
}

fn unsupported() -> Fault {
    Fault::new(
        Code::UnsupportedMediaType,
        "send `Content-Type: application/json`, or multipart/form-data to upload files, \
         in UTF-8 and without a content encoding",
    )
}

/// Reads a whole body that may not be larger than `limit`.
async fn read(body: Body, limit: usize) -> Result<Bytes, Fault> {
    let mut chunks = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.next().await {
        let chunk =
            chunk.map_err(|_| malformed("the body broke off before its end; send it again"))?;
        if bytes.len() + chunk.len() > limit {
            return Err(too_large(
                "the body",
                limit,
                "send a long text as a file in a multipart upload",
            ));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.into())
}

/// Something larger than allowed.
pub(super) fn too_large(what: &str, limit: usize, remedy: &str) -> Fault {
    Fault::new(
        Code::PayloadTooLarge,
        format!("{what} is larger than the {limit} bytes allowed; {remedy}"),
    )
}
