# PopAgent with its packages, for docs/cluster. Deno comes from npm, as on any machine.
#
#   docker build -t popagent:0.1.0 .
#   docker run --rm popagent:0.1.0                                  # the versions
#   docker run --rm popagent:0.1.0 deno task experiment plan smoke
FROM node:22-bookworm-slim

RUN npm install --global deno@2.9.6 && npm cache clean --force
# what is not written to stays root's: a worker may write below data/ and nowhere else
WORKDIR /popagent
COPY deno.json deno.lock ./
COPY tools/house.ts tools/house.ts
RUN deno install
COPY src src
COPY configs configs
COPY results results
RUN mkdir -p data && chown node:node data node_modules/.deno
USER 1000
VOLUME /popagent/data
CMD ["deno", "task", "popagent", "--version"]
