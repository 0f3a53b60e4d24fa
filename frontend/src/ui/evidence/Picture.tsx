import { useEffect, useRef, useState } from "preact/hooks";

/**
 * An image painted from its bytes, no larger than it is shown: no address of it stands in the page, so
 * the page's policy need not admit any. What the browser can't paint (HEIC, mostly) shows `instead`.
 */
export function Picture({ load, label, longest, instead }: { load: () => Promise<Blob>; label: string; longest: number; instead: preact.ComponentChildren }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [state, setState] = useState<"loading" | "shown" | "failed">("loading");
  useEffect(() => {
    let gone = false;
    void paint(load, () => (gone ? null : canvas.current), longest * Math.min(devicePixelRatio, 2)).then((done) => !gone && setState(done ? "shown" : "failed"));
    return () => {
      gone = true;
    };
  }, [load, longest]);
  if (state === "failed") return <>{instead}</>;
  return <canvas ref={canvas} class={`picture ${state}`} role="img" aria-label={label} width={1} height={1} />;
}

async function paint(load: () => Promise<Blob>, target: () => HTMLCanvasElement | null, longest: number): Promise<boolean> {
  try {
    const image = await createImageBitmap(await load());
    const canvas = target();
    const scale = Math.min(1, longest / Math.max(image.width, image.height));
    if (canvas) {
      canvas.width = Math.max(1, Math.round(image.width * scale));
      canvas.height = Math.max(1, Math.round(image.height * scale));
      canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    }
    image.close();
    return true;
  } catch {
    return false;
  }
}
