# syntax=docker/dockerfile:1
# A small image: the one binary over the C library, without a shell, as a user without rights.

FROM rust:1.95.0-slim-bookworm AS build
WORKDIR /build
COPY . .
# Crates and what was compiled before are kept between builds. A cache is no layer, so what is to stay leaves it.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --profile dist --locked --package remit \
    && install -D target/dist/remit /image/remit \
    && install -d /image/data

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /image/remit /usr/local/bin/remit
# Where an embedded database lies, if no other is named: mount a volume here. The user of the image may write to it.
COPY --from=build --chown=65532:65532 /image/data /var/lib/remit
WORKDIR /var/lib/remit
ENV REMIT_LISTEN=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
    CMD ["remit", "health", "--quiet"]
ENTRYPOINT ["remit"]
CMD ["serve"]
