import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/api/schema.ts"] },
  {
    files: ["src/**/*.{ts,tsx}"],
    extends: [...tseslint.configs.recommendedTypeChecked, reactHooks.configs.flat["recommended-latest"]],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-floating-promises": ["error", { ignoreVoid: true }],
      // Warns about libraries that the React Compiler cannot see through; this build does not use it.
      "react-hooks/incompatible-library": "off",
      eqeqeq: "error",
      "max-lines": ["error", 300],
      "no-console": "error",
    },
  },
  {
    files: ["e2e/**/*.mjs", "scripts/**/*.mjs", "*.config.js"],
    languageOptions: { globals: globals.node },
    extends: [tseslint.configs.base],
  },
);
