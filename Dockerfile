# PopAgent with its packages, for docs/cluster. Deno comes from npm, as on any machine.
#
#   docker build -t popagent:0.1.0 .
#   docker run --rm popagent:0.1.0                                  # the versions
#   docker run --rm popagent:0.1.0 deno task experiment plan smoke
FROM node:22-bookworm-slim

RUN npm install --global deno@2.9.6 && npm cache clean --force
# what is not written to stays root's: a worker may write below data/ and nowhere else. Deno itself keeps what it has
# compiled, and looks for packages where they were installed: without this a start as another user asks npm for them
ENV DENO_DIR=/deno
WORKDIR /popagent
COPY deno.json deno.lock ./
COPY tools/house.ts tools/house.ts
RUN deno install
COPY src src
COPY configs configs
COPY results results
# its files are linked with those of node_modules: the folders alone change hands
RUN rm -rf "$DENO_DIR"/gen "$DENO_DIR"/*cache* && mkdir -p data && \
    chown node:node data node_modules/.deno "$DENO_DIR" "$DENO_DIR"/*
USER 1000
VOLUME /popagent/data
CMD ["deno", "task", "popagent", "--version"]
