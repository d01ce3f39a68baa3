//! Which hosts a request may name.
//!
//! A web page can point a name of its own at this machine's address and then talk to the server as if it were its own
//! origin (DNS rebinding). Its requests still say that name in `Host`. An address can not be pointed elsewhere.

use super::{request_id::RequestId, response::Answer};
use crate::{
    auth::Access,
    error::{Code, Fault},
};
use axum::{
    extract::Request,
    http::{HeaderMap, Uri, header, uri::Authority},
    response::Response,
};
use std::net::IpAddr;

/// The hosts that a server answers for.
pub(super) struct AllowedHosts {
    named: Vec<String>,
    any_address: bool,
}

impl AllowedHosts {
    /// A server that lets anybody in who reaches its loopback interface answers for loopback addresses only, so that a
    /// forwarded port is not enough to get in; elsewhere a token protects it.
    pub(super) fn new(access: &Access, named: Vec<String>) -> Self {
        Self {
            named,
            any_address: *access == Access::TokenOnly,
        }
    }

    fn contains(&self, host: &str) -> bool {
        let address = host.trim_start_matches('[').trim_end_matches(']');
        match address.parse::<IpAddr>() {
            Ok(address) if self.any_address || address.is_loopback() => true,
            _ => {
                host.eq_ignore_ascii_case("localhost")
                    || self
                        .named
                        .iter()
                        .any(|name| name.eq_ignore_ascii_case(host))
            }
        }
    }
}

/// The refusal of a request that names no host or one that this server does not answer for.
pub(super) fn refusal(
    allowed: &AllowedHosts,
    request: &Request,
    id: &RequestId,
) -> Option<Response> {
    let host = host_of(request.uri(), request.headers());
    if host.is_some_and(|host| allowed.contains(host.host())) {
        return None;
    }
    let fault = Fault::new(
        Code::HostRefused,
        "the request's Host is none that this server answers for; \
         use its address, or name the host when starting it (--host)",
    );
    Some(Answer::refused(vec![fault], id).into_json())
}

/// The host of HTTP/2's `:authority` or an absolute target, else of the one `Host` header.
fn host_of(target: &Uri, headers: &HeaderMap) -> Option<Authority> {
    if let Some(authority) = target.authority() {
        return Some(authority.clone());
    }
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next()?;
    if hosts.next().is_some() {
        return None;
    }
    Authority::try_from(host.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(access: &Access, host: &str) -> bool {
        AllowedHosts::new(access, vec!["remit.example".to_owned()]).contains(host)
    }

    #[test]
    fn on_loopback_only_loopback_and_named_hosts_are_answered() {
        let access = Access::Loopback {
            subject: "local:tester".to_owned(),
        };
        for host in [
            "localhost",
            "LOCALHOST",
            "127.0.0.1",
            "127.9.9.9",
            "[::1]",
            "Remit.Example",
        ] {
            assert!(allowed(&access, host), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "10.0.0.1",
            "0.0.0.0",
            "",
            "127.1",
        ] {
            assert!(!allowed(&access, host), "{host}");
        }
    }

    #[test]
    fn where_a_token_is_needed_an_address_will_do() {
        assert!(allowed(&Access::TokenOnly, "10.0.0.1"));
        assert!(allowed(&Access::TokenOnly, "[2001:db8::1]"));
        assert!(!allowed(&Access::TokenOnly, "evil.example"));
    }

    #[test]
    fn a_request_that_names_two_hosts_names_none() {
        let mut headers = HeaderMap::new();
        let target = Uri::from_static("/graphql");
        assert_eq!(host_of(&target, &headers), None);
        headers.append(header::HOST, "localhost:8080".parse().unwrap());
        assert_eq!(host_of(&target, &headers).unwrap().host(), "localhost");
        headers.append(header::HOST, "evil.example".parse().unwrap());
        assert_eq!(host_of(&target, &headers), None);
    }
}
