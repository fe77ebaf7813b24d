# One image for the worker, the API, the sandbox and the set-up jobs; the command decides which.
FROM node:22-bookworm-slim

# The slim image has no root certificates, without which no carrier, platform or Temporal Cloud can be called.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force

# Folder by folder, so that no state, cache or key of the building machine can slip into the image.
COPY tsconfig.json ./
COPY words words
COPY contracts contracts
COPY policies policies
COPY domain domain
COPY workflows workflows
COPY activities activities
COPY adapters adapters
COPY workers workers
COPY api api
COPY sandbox sandbox
COPY engine engine

RUN mkdir -p /data/documents /data/sandbox && chown -R node:node /data
USER node

# Node's local zone leaks into Date and Intl; all workers must agree.
ENV NODE_ENV=production TZ=UTC SHIPCLOCK_HOME=/data SHIPCLOCK_DOCUMENTS_DIR=/data/documents SHIPCLOCK_SANDBOX_DIR=/data/sandbox
VOLUME /data

ENTRYPOINT ["node", "--require", "tsx/cjs"]
CMD ["api/main.ts"]
