import { localStorageColorSchemeManager } from '@mantine/core';

/** Light, dark or as the device says: a matter of this browser, not of the user. */
export const colourSchemes = localStorageColorSchemeManager({ key: 'holdfast-colour-scheme' });
