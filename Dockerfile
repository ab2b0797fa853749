# An image with decoy on Debian 12, built from the sources and installed from the .deb with the libraries that it depends on.
# Untested: no container engine was at hand; packaging/clean-machine does the same steps in bare Debian 12 folders, and that is run.
#
#     docker build -t decoy .
#     docker run --rm -v "$PWD:/data" decoy index notes/ -o notes.index

FROM swift:6.3-bookworm AS build
WORKDIR /source
COPY . .
RUN apt-get update && apt-get install -y --no-install-recommends make && make deb

FROM debian:bookworm-slim
COPY --from=build /source/dist/*.deb /tmp/
RUN apt-get update && apt-get install -y --no-install-recommends /tmp/*.deb && rm -rf /tmp/*.deb /var/lib/apt/lists/*
RUN useradd --create-home decoy
USER decoy
WORKDIR /data
ENTRYPOINT ["decoy"]
CMD ["--help"]
