import '@mantine/core/styles.css';
import './frame/frame.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Trouble } from './api.ts';
import { colourSchemes } from './frame/colour-scheme.ts';
import { theme } from './frame/theme.ts';
import { createAppRouter } from './router.tsx';
import { WordsRoot } from './words.tsx';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // a refusal is an answer: asking again would only repeat it
      retry: (count, error) => count < 2 && !(error instanceof Trouble && error.kind === 'refused'),
    },
    mutations: { retry: false },
  },
});
const router = createAppRouter(queries);
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
// what keeps the page still under a dialog writes a style element too, and asks for the number by this name
Object.assign(globalThis, { __webpack_nonce__: nonce });
const root = document.getElementById('app');

if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colourSchemes} getStyleNonce={() => nonce}>
        <QueryClientProvider client={queries}>
          <WordsRoot>
            <RouterProvider router={router} />
          </WordsRoot>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
