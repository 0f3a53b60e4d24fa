const PATHS = {
  today: <><circle cx="12" cy="12" r="4" /><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600 7 7M17 17l1.400 1.400M18.400 5.600 17 7M7 17l-1.400 1.400" /></>,
  map: <path d="M6 21V4M6 5h10l3 3-3 3H6M18 21v-7" />,
  plus: <path d="M12 5v14M5 12h14" />,
  progress: <path d="M4 20V10M10 20V4M16 20v-7M21 20H3" />,
  inbox: <><path d="M4 13v5a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-5l-3-8H7z" /><path d="M4 13h5l1 2h4l1-2h5" /></>,
  queue: <><path d="M4 6h16M4 12h10M4 18h7" /><path d="m16 17 2 2 4-4" /></>,
  people: <><circle cx="9" cy="8" r="3.500" /><path d="M2.500 20a6.500 6.500 0 0 1 13 0M16 4.800a3.500 3.500 0 0 1 0 6.400M18 14a6.500 6.500 0 0 1 3.500 6" /></>,
  cohorts: <><circle cx="12" cy="7" r="2.800" /><circle cx="5" cy="11" r="2.200" /><circle cx="19" cy="11" r="2.200" /><path d="M7.500 20v-2a4.500 4.500 0 0 1 9 0v2M2 18.500a3.200 3.200 0 0 1 3.500-3M22 18.500a3.200 3.200 0 0 0-3.500-3" /></>,
  link: <path d="M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1" />,
  person: <><circle cx="12" cy="8" r="4" /><path d="M4.500 20.500a7.500 7.500 0 0 1 15 0" /></>,
  back: <path d="m14.500 5.500-6.500 6.500 6.500 6.500" />,
  forward: <path d="m9.500 5.500 6.500 6.500-6.500 6.500" />,
  minus: <path d="M5 12h14" />,
  close: <path d="M6 6l12 12M18 6 6 18" />,
  check: <path d="m5 12.500 4.500 4.500L19 7.500" />,
  clock: <><circle cx="12" cy="12" r="8.500" /><path d="M12 7.500V12l3 2" /></>,
  calendar: <><rect x="4" y="5.500" width="16" height="14.500" rx="2.500" /><path d="M4 10h16M8.500 3.500v4M15.500 3.500v4" /></>,
  mail: <><rect x="3.500" y="5.500" width="17" height="13" rx="2.500" /><path d="m4 7.500 8 6 8-6" /></>,
  edit: <path d="M4.500 19.500l.800-3.800L16 5a2 2 0 0 1 2.800 0l.200.200a2 2 0 0 1 0 2.800L8.300 18.700zM14 7l3 3" />,
  play: <path d="M8 5.500v13l10.500-6.500z" />,
  trash: <path d="M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7M10.500 10.500v5.500M13.500 10.500v5.500" />,
  out: <path d="M14 4.500h3.500a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H14M10 8l-4 4 4 4M6 12h9" />,
  external: <path d="M14 4.500h5.500V10M19 5l-8 8M17 14v4a1.500 1.500 0 0 1-1.500 1.500h-9A1.500 1.500 0 0 1 5 18V9a1.500 1.500 0 0 1 1.500-1.500H10" />,
  file: <path d="M13.500 3.500H7A1.500 1.500 0 0 0 5.500 5v14A1.500 1.500 0 0 0 7 20.500h10a1.500 1.500 0 0 0 1.500-1.500V8.500zM13.500 3.500v5h5" />,
  text: <path d="M5 6.500h14M5 11h14M5 15.500h9" />,
  image: <><rect x="3.500" y="5" width="17" height="14" rx="2.500" /><circle cx="8.700" cy="9.800" r="1.400" /><path d="m4 17 5-4.500 3.500 3 3-2.500 5 4" /></>,
  camera: <><path d="M4.500 8h3l1.500-2.500h6L16.500 8h3A1.500 1.500 0 0 1 21 9.500v8a1.500 1.500 0 0 1-1.500 1.500h-15A1.500 1.500 0 0 1 3 17.500v-8A1.500 1.500 0 0 1 4.500 8z" /><circle cx="12" cy="13" r="3.200" /></>,
  away: <path d="M4 4l16 16M8.500 12.500a5.500 5.500 0 0 1 2.500-1.400M5 9a10.500 10.500 0 0 1 4-2.400M13.500 6.100A10.500 10.500 0 0 1 19 9M15.500 12.700l.3.300M12 17.500v.1" />,
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 22 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.900"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {PATHS[name]}
    </svg>
  );
}
