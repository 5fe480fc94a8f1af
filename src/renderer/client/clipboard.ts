// Puts text on the clipboard, also where the asynchronous clipboard is not granted.
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    const host = document.querySelector('[role="dialog"]') ?? document.body;
    host.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}
