// A few frames of a video side by side, drawn as they are reached.
import { useEffect, useRef } from 'react';
import styles from './Filmstrip.module.css';

interface FilmstripProps {
  readonly src: string;
  readonly seconds: number;
}

const FRAMES = 6;
/** Pixels of one frame on the canvas, enough for a dense screen. */
const [WIDTH, HEIGHT] = [152, 112];

export function Filmstrip({ src, seconds }: FilmstripProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const video = document.createElement('video');
    video.muted = true;
    video.preload = 'auto';
    let next = 0;
    const seek = (): void => {
      video.currentTime = ((next + 0.5) / FRAMES) * seconds;
    };
    const draw = (): void => {
      const pen = canvas.current?.getContext('2d');
      if (pen === null || pen === undefined) return;
      drawCovering(pen, video, next * WIDTH);
      next += 1;
      if (next < FRAMES) seek();
    };
    video.addEventListener('loadedmetadata', seek);
    video.addEventListener('seeked', draw);
    video.src = src;
    return () => {
      video.removeEventListener('loadedmetadata', seek);
      video.removeEventListener('seeked', draw);
      video.removeAttribute('src');
      video.load();
    };
  }, [src, seconds]);
  return <canvas ref={canvas} className={styles.strip} width={WIDTH * FRAMES} height={HEIGHT} />;
}

function drawCovering(pen: CanvasRenderingContext2D, video: HTMLVideoElement, left: number): void {
  const scale = Math.max(WIDTH / video.videoWidth, HEIGHT / video.videoHeight);
  const [width, height] = [WIDTH / scale, HEIGHT / scale];
  const [x, y] = [(video.videoWidth - width) / 2, (video.videoHeight - height) / 2];
  pen.drawImage(video, x, y, width, height, left, 0, WIDTH, HEIGHT);
}
