import { languageHeader } from "../i18n/language";
import { t } from "../i18n/t";
import { csrfToken } from "./http";
import { Problem, problemFrom } from "./problem";
import type { Evidence } from "./types";

/** Bytes; the server says the same. */
export const LARGEST_FILE = 25 * 1024 * 1024;

export interface NewFile { id: string; enrollment_id: string; milestone_keys: string[]; title: string; file: File }
export interface Upload { answer: Promise<Evidence>; cancel: () => void }

export const fileUrl = (id: string) => `/api/v1/evidence/${id}/file`;

/** What a file holds, for a preview. Throws a Problem. */
export async function loadFile(id: string): Promise<Blob> {
  const response = await fetch(fileUrl(id), { credentials: "same-origin", headers: { "Accept-Language": languageHeader() } });
  if (!response.ok) throw problemFrom(response.status, await response.json().catch(() => undefined));
  return response.blob();
}

/** How features let a file be shown. */
export const FILES = { url: fileUrl, load: loadFile };

/**
 * Send a file; `onProgress` hears how much of it is there, from 0 to 1. `answer` throws a Problem: its
 * code is "cancelled" after `cancel`. fetch can't tell how far an upload is, so this asks the older way.
 */
export function upload({ id, file, milestone_keys, ...fields }: NewFile, onProgress: (share: number) => void): Upload {
  const request = new XMLHttpRequest();
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const key of milestone_keys) form.append("milestone_keys", key);
  form.append("file", file, file.name);
  const answer = new Promise<Evidence>((resolve, reject) => {
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => (request.status < 300 ? resolve(request.response as Evidence) : reject(problemFrom(request.status, request.response)));
    request.onerror = () => reject(new Problem(0, "offline", t("The connection broke off. The file is still here: try again when you are back.")));
    request.onabort = () => reject(new Problem(0, "cancelled", t("Not sent.")));
    request.open("PUT", fileUrl(id));
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json, application/problem+json");
    request.setRequestHeader("Accept-Language", languageHeader());
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.send(form);
  });
  return { answer, cancel: () => request.abort() };
}
