import { createTheme, defaultVariantColorsResolver, type MantineColorsTuple, type VariantColorsResolver } from '@mantine/core';

/** One accent a side, the same everywhere. Shade 7 reads at 4.5:1 on white, shade 3 on the dark ground. */
const marketing: MantineColorsTuple = [
  '#f8f0fd',
  '#eeddf9',
  '#ddbdf2',
  '#cb9bea',
  '#b673e0',
  '#a552d6',
  '#963fca',
  '#8430b5',
  '#6d2698',
  '#531b75',
];
const sales: MantineColorsTuple = [
  '#e6f7f6',
  '#cdeeec',
  '#9fdedb',
  '#6fcdca',
  '#3fb5b4',
  '#1b9a9b',
  '#0d8587',
  '#08706f',
  '#065a5a',
  '#044444',
];
const leadership: MantineColorsTuple = [
  '#fdf4e3',
  '#f9e6c2',
  '#f2cd88',
  '#e9b553',
  '#d99a28',
  '#bf8214',
  '#a36c0c',
  '#875807',
  '#6c4605',
  '#523504',
];
/** Neutral, a little blue: everything that belongs to no side. */
const ink: MantineColorsTuple = [
  '#f3f5f8',
  '#e4e8ee',
  '#cbd2dc',
  '#aab4c3',
  '#8793a6',
  '#69768a',
  '#525e71',
  '#3c4759',
  '#283142',
  '#18202e',
];
const gray: MantineColorsTuple = [
  '#f7f8fa',
  '#eff1f4',
  '#e3e6eb',
  '#d3d8df',
  '#bcc3cd',
  '#959eac',
  '#646e7e',
  '#4a5362',
  '#333b48',
  '#1f2630',
];
const dark: MantineColorsTuple = [
  '#d6dbe3',
  '#b6bec9',
  '#9aa4b2',
  '#727d8d',
  '#434d5c',
  '#343d4a',
  '#28303b',
  '#1d242d',
  '#171d25',
  '#10151b',
];

const sides: readonly string[] = ['marketing', 'sales', 'leadership'];

/** Light figures on the dark ground and dark ones on the light: Mantine's own reckoning looks at one scheme only. */
const variants: VariantColorsResolver = (input) => {
  const usual = defaultVariantColorsResolver(input);
  if (input.variant !== 'filled') return usual;
  if (input.color && sides.includes(input.color)) {
    const accent = `var(--a-${input.color})`;
    return { ...usual, background: accent, hover: `color-mix(in srgb, ${accent} 88%, var(--a-ink))`, color: 'var(--a-on-primary)' };
  }
  if (input.color && input.color !== 'ink') return usual;
  return {
    ...usual,
    background: 'var(--mantine-primary-color-filled)',
    hover: 'var(--mantine-primary-color-filled-hover)',
    color: 'var(--a-on-primary)',
  };
};

/** What a dialog is about stands out from what it asks. */
const heading = { fontSize: '1.0625rem', fontWeight: 600, lineHeight: 1.35, overflowWrap: 'anywhere' } as const;

export const theme = createTheme({
  variantColorResolver: variants,
  colors: { marketing, sales, leadership, ink, gray, dark },
  primaryColor: 'ink',
  primaryShade: { light: 8, dark: 1 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  black: '#18202e',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, "Helvetica Neue", Arial, sans-serif',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.25rem', xl: '2rem' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.375rem' }, h2: { fontSize: '1.0625rem' }, h3: { fontSize: '0.9375rem' }, h4: { fontSize: '0.875rem' } },
  },
  // By name and not by `Button.extend`: that would load every component with the first page.
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 32 } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm' }, styles: { root: { textTransform: 'none', fontWeight: 500 } } },
    // 24 px: the smallest target WCAG 2.2 AA accepts.
    Checkbox: { defaultProps: { size: 'md', iconColor: 'var(--a-on-primary)' } },
    Switch: { defaultProps: { size: 'md', color: 'var(--a-switch)' } },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } }, styles: { title: heading } },
    Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, centered: true }, styles: { title: heading } },
    Input: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' } } },
    SegmentedControl: { defaultProps: { size: 'sm' } },
    Menu: { defaultProps: { shadow: 'md' } },
    Popover: { defaultProps: { shadow: 'md' } },
    Pagination: { defaultProps: { size: 'sm' } },
    Stepper: { styles: { stepCompletedIcon: { color: 'var(--a-on-primary)' } } },
    Tabs: { defaultProps: { keepMounted: false } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true, events: { hover: true, focus: true, touch: true } } },
  },
});
