import type { ThemeConfig } from 'antd';

/** Ant Design in the quiet colours of ui.css. Text colours keep a contrast of 4.5 on their grounds. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#1d5c9f',
    colorLink: '#1d5c9f',
    colorError: '#b8221b',
    colorWarning: '#8a5200',
    colorSuccess: '#1c7040',
    colorInfo: '#1d5c9f',
    // Worked out from colours this dark, the soft grounds would come out muddy.
    colorWarningBg: '#fff4df',
    colorWarningBorder: '#e2c07c',
    colorErrorBg: '#fdecea',
    colorErrorBorder: '#e8b4ae',
    colorSuccessBg: '#e8f5ec',
    colorSuccessBorder: '#9fd0b1',
    colorInfoBg: '#e8f0f8',
    colorInfoBorder: '#a9c9ee',
    colorText: '#1b2631',
    colorTextSecondary: '#4b5866',
    colorTextTertiary: '#566475',
    colorTextQuaternary: '#5f6d7d',
    colorTextPlaceholder: '#637081',
    colorTextDisabled: '#6b7785',
    colorBorder: '#8592a1',
    colorBorderSecondary: '#dde3ea',
    colorBgLayout: '#f3f5f7',
    borderRadius: 4,
    fontSize: 14,
    fontFamily: 'var(--wg-font)',
    wireframe: false,
    // Nothing moves for show; and an icon that only fades out still tells a screen reader that it loads.
    motion: false,
    boxShadow: 'none',
    boxShadowTertiary: 'none',
  },
  components: {
    Table: { cellPaddingBlockSM: 6, headerBg: '#f3f5f7', headerColor: '#3a4653' },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Form: { itemMarginBottom: 14, verticalLabelPadding: '0 0 3px' },
    Segmented: { trackBg: '#dfe5eb', itemColor: '#3a4653', itemSelectedBg: '#ffffff', itemSelectedColor: '#1d5c9f' },
    Tabs: { horizontalMargin: '0 0 12px' },
  },
};
