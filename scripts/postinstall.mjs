// Fetches what ffmpeg-static and keytar need after an install; reports, never fails (docs/adr/0002).
import { prepareFfmpeg, prepareKeytar } from './nativeModules.mjs';

for (const prepare of [prepareFfmpeg, prepareKeytar]) {
  try {
    console.log(await prepare());
  } catch (error) {
    console.log(`${prepare.name} did not work: ${error instanceof Error ? error.message : String(error)}`);
  }
}
