# syntax=docker/dockerfile:1
# Node 22 brings npm; the product runs on the Node 26 among its dependencies.
FROM node:22-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
# Builds the web app, then leaves only what a server needs.
RUN node scripts/build.mjs && npm prune --omit=dev --no-audit --no-fund

FROM debian:bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4400 ACCORD_DATA=/var/lib/accord PATH=/app/bin:/app/node_modules/.bin:$PATH
# Node 26 is linked against libatomic.
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 libstdc++6 ca-certificates && rm -rf /var/lib/apt/lists/*
RUN useradd --system --user-group --home-dir /var/lib/accord --shell /usr/sbin/nologin accord \
  && install -d -o accord -g accord -m 0700 /var/lib/accord
COPY --from=build /app /app
WORKDIR /app
USER accord
VOLUME /var/lib/accord
EXPOSE 4400
# The server stops its database in order.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["accord", "serve"]
