/** The layers of docs/architecture.md, enforced. @type {import('dependency-cruiser').IConfiguration} */
const SHARED = '^src/(errors|json|call-options|logger|message|payload-schema|yaml-source|nearest-name)\\.ts$';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nlu-stands-alone',
      severity: 'error',
      from: { path: '^src/nlu/' },
      to: { path: '^src/', pathNot: ['^src/nlu/', SHARED] },
    },
    {
      name: 'generation-stands-alone',
      severity: 'error',
      from: { path: '^src/generation/' },
      to: { path: '^src/', pathNot: ['^src/generation/', SHARED] },
    },
    {
      name: 'store-stands-alone',
      severity: 'error',
      from: { path: '^src/store/' },
      to: { path: '^src/', pathNot: ['^src/store/', SHARED] },
    },
    {
      name: 'channels-stand-alone',
      severity: 'error',
      from: { path: '^src/channels/' },
      to: { path: '^src/', pathNot: ['^src/channels/', SHARED] },
    },
    {
      name: 'dialogue-knows-nlu-ports-only',
      severity: 'error',
      from: { path: '^src/dialogue/' },
      to: { path: '^src/', pathNot: ['^src/dialogue/', '^src/nlu/recognizer\\.ts$', SHARED] },
    },
    {
      name: 'engine-sees-ports-only',
      severity: 'error',
      from: { path: '^src/engine(\\.ts|/)' },
      to: {
        path: '^src/',
        pathNot: [
          SHARED,
          '^src/engine(\\.ts|/)',
          '^src/nlu/recognizer\\.ts$',
          '^src/dialogue/(dialogue|command|effect|tracker-event)\\.ts$',
          '^src/generation/(generator|answerer|realiser)\\.ts$',
          '^src/store/(conversation-store|outbox|conversation-log)\\.ts$',
          '^src/channels/channel\\.ts$',
          '^src/actions/(action|action-runner)\\.ts$',
        ],
      },
    },
    {
      name: 'adapters-are-named-in-compose-only',
      severity: 'error',
      from: { path: '^src/(server|cli|testing)/', pathNot: '^src/cli/commands/' },
      to: { path: '^src/(store/sqlite|generation/openai)' },
    },
    {
      name: 'xstate-stays-in-dialogue',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/dialogue/' },
      to: { path: 'node_modules/xstate' },
    },
    {
      name: 'yaml-is-read-in-one-place',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/yaml-(source|text)\\.ts$' },
      to: { path: 'node_modules/yaml' },
    },
    {
      name: 'nlpjs-stays-behind-its-fence',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/nlu/nlpjs-' },
      to: { path: 'node_modules/@nlpjs' },
    },
    {
      name: 'sql-drivers-stay-in-the-store',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(store|generation)/' },
      to: { path: 'node_modules/(better-sqlite3|pg|kysely)' },
    },
    {
      name: 'openai-stays-in-one-file-each',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(generation/openai-generator|nlu/encoder/openai-encoder)\\.ts$' },
      to: { path: 'node_modules/openai' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
