/** Who may import whom. Each rule's comment says why; the build fails on any breach. */

/** Tests may reach further than what they test. */
const TESTS = '(\\.test\\.ts$|/test/)';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-service-imports-another',
      comment: 'A service knows another one only by its contract and its topic, so that each is deployed alone.',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/([^/]+)/', pathNot: '^services/$1/' },
    },
    {
      name: 'no-lib-imports-a-service',
      comment: 'Libraries serve every service; what belongs to one stays in it.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^services/' },
    },
    {
      name: 'nothing-imports-infra',
      comment: 'infra/ puts the parts together, and no part depends on how. End-to-end tests start a platform with it.',
      severity: 'error',
      from: { path: '^(libs|services)/', pathNot: [TESTS, '^libs/testing/'] },
      to: { path: '^infra/' },
    },
    {
      name: 'one-room-knows-the-kafka-client',
      comment:
        'kafkajs is without maintainers: another client takes its place in one library only. Rivals of the benchmarks show what it does by itself.',
      severity: 'error',
      from: { pathNot: ['^libs/kafka/', '^infra/bench/src/rivals/'] },
      to: { path: 'node_modules/(@types/)?kafkajs/' },
    },
    {
      name: 'domain-is-pure',
      comment:
        'What decides and folds (services/<name>/src/<room>/…) does so from values alone: no HTTP, no database, no broker, no gRPC, no files, no sockets.',
      severity: 'error',
      from: {
        path: '^services/(provinces|centres|programmes|community-learning|inspections)/src/[^/]+/',
        pathNot: TESTS,
      },
      to: {
        path: [
          'node_modules/(@types/)?(express|mongoose|mongodb|kafkajs|pino)/',
          'node_modules/@grpc/',
          '^(node:)?(fs|fs/promises|http|https|net|child_process)$',
          '^libs/(kafka|engines|testing)/',
          '^libs/service-kit/src/(config|grpc|grpc-calls|http|log|metrics|otel|requests|run|trace-context|tracing)\\.ts$',
        ],
      },
    },
    {
      name: 'the-web-stands-alone',
      comment:
        'The web application runs in a browser and knows the platform by its public contract only: nothing of the services goes into it.',
      severity: 'error',
      from: { path: '^services/[^/]+/web/', pathNot: TESTS },
      to: { path: '^(libs|services|infra)/', pathNot: '^services/[^/]+/web/' },
    },
    {
      name: 'services-leave-the-web-alone',
      comment: 'The gateway serves what was built; nobody imports its sources.',
      severity: 'error',
      from: { pathNot: '^services/[^/]+/web/' },
      to: { path: '^services/[^/]+/web/' },
    },
    {
      name: 'no-screen-imports-another',
      comment:
        'A screen is a room of its own, loaded when it is opened; what two of them need lies in ui, formats, api, view or i18n. Only the frame knows them all.',
      severity: 'error',
      from: {
        path: '^services/dashboard/web/src/([^/]+)/',
        pathNot: '^services/dashboard/web/src/(app|api|formats|i18n|ui|view)/',
      },
      to: {
        path: '^services/dashboard/web/src/([^/]+)/',
        pathNot: '^services/dashboard/web/src/($1|app|api|formats|i18n|ui|view)/',
      },
    },
    {
      name: 'no-circles',
      comment: 'A circle can be neither read nor tested in parts.',
      severity: 'error',
      from: { pathNot: 'src/gen/' },
      // A circle that types alone close is gone once it is compiled.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'imports-resolve',
      comment: 'What is imported is there.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '/\\.gdtx/', '/coverage/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.check.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css', '.geojson'],
    },
  },
};
