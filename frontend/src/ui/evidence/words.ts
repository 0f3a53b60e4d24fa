import { number, plural, t } from "../../i18n/t";

const TYPES = (): Record<string, string> => ({
  "application/pdf": "PDF",
  "application/zip": t("ZIP archive"),
  "application/gzip": t("tar.gz archive"),
  "application/x-ipynb+json": t("Notebook"),
  "image/png": t("PNG image"),
  "image/jpeg": t("JPEG image"),
  "image/gif": t("GIF image"),
  "image/webp": t("WebP image"),
  "image/heic": t("HEIC image"),
});

/** What a file's type is called. */
export const typeWord = (mediaType: string): string => TYPES()[mediaType] ?? t("File");

/** Bytes in words: "812 bytes", "48 KB", "3.4 MB". */
export function sizeWord(bytes: number): string {
  if (bytes < 1024) return plural(bytes, "{n} byte", "{n} bytes");
  const kilo = bytes / 1024;
  if (kilo < 1000) return t("{size} KB", { size: Math.round(kilo) });
  const mega = kilo / 1024;
  const digits = mega < 10 ? 1 : 0;
  return t("{size} MB", { size: number(mega, { minimumFractionDigits: digits, maximumFractionDigits: digits }) });
}

/** Where a link leads. */
export function hostOf(url: string): string {
  try {
    return new URL(url).hostname.replace(/^www\./, "");
  } catch {
    return url;
  }
}
