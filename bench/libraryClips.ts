// A library for benchmarks: clips as people make them, with English and Chinese prompts, in a real database.
import Libsql from 'libsql';
import type { Clip, ClipTask } from '@shared/domain/clip';
import { defaultParameters, type Recipe } from '@shared/domain/draft';
import { FIXED_RATIOS, MODELS, outputPixels } from '@shared/domain/models';
import { migrations } from '../src/main/database/migrations';
import { openDatabase, type Database } from '../src/main/database/open';
import type { ClipIndex } from '../src/main/library/clipIndex';
import { clipPlace } from '../src/main/library/clipPlace';
import { ClipStore } from '../src/main/library/clipStore';
import { untouched } from '../tests/fixtures/library';
import { LIBRARY_SCHEMA } from '../src/main/database/librarySchema';

/** Clips written in one transaction. */
const BATCH = 500;
const YEAR_MS = 365 * 86_400_000;

/** Numbers from 0 to 1 that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const ENGLISH = {
  who: [
    'a golden retriever puppy',
    'an old fisherman',
    'a red vintage car',
    'two children',
    'a robot gardener',
    'a dancer in a silk dress',
    'a black cat',
    'an astronaut',
    'a street musician',
    'a lighthouse keeper',
  ],
  does: [
    'runs along the beach',
    'walks slowly through the rain',
    'looks into the camera and smiles',
    'turns around and waves',
    'opens an old wooden door',
    'pours coffee into a white cup',
    'dances under neon lights',
    'reads a letter by the window',
  ],
  where: [
    'at golden hour',
    'in a misty forest',
    'on a rooftop in Tokyo',
    'in a crowded night market',
    'in a quiet kitchen',
    'on a frozen lake',
    'inside an abandoned factory',
    'by the harbour at dawn',
  ],
  look: [
    'cinematic, shallow depth of field',
    'handheld camera, natural light',
    'slow motion, 50mm lens, film grain',
    'wide establishing shot, anamorphic flare',
    'close-up, soft focus, warm tones',
    'drone shot slowly rising',
    'static tripod shot, muted colours',
    'macro, highly detailed, 8k',
  ],
};
const CHINESE = {
  who: [
    '一只金毛小狗',
    '一位老渔夫',
    '一辆红色复古轿车',
    '两个孩子',
    '一个机器人园丁',
    '一位穿丝绸长裙的舞者',
    '一只黑猫',
    '一名宇航员',
    '街头音乐人',
    '一位灯塔看守人',
  ],
  does: [
    '在海边奔跑',
    '在雨中缓缓行走',
    '看向镜头微笑',
    '转身挥手',
    '推开一扇旧木门',
    '把咖啡倒进白色杯子',
    '在霓虹灯下跳舞',
    '在窗边读信',
  ],
  where: [
    '黄昏时分',
    '薄雾笼罩的森林里',
    '东京的天台上',
    '拥挤的夜市中',
    '安静的厨房里',
    '结冰的湖面上',
    '废弃的工厂内',
    '清晨的港口边',
  ],
  look: [
    '电影质感,浅景深',
    '手持镜头,自然光',
    '慢动作,50毫米镜头,胶片颗粒',
    '大远景,变形宽银幕眩光',
    '特写,柔焦,暖色调',
    '航拍镜头缓缓上升',
    '固定机位,低饱和色彩',
    '微距,细节丰富,8K',
  ],
};
const SYLLABLES = [
  'ka',
  'lo',
  'mi',
  'ren',
  'tor',
  'vel',
  'shi',
  'dan',
  'pra',
  'quo',
  'zen',
  'bri',
  'sta',
  'gor',
  'lin',
  'fe',
];
const TAGS = ['b-roll', 'hero', 'client A', 'client B', 'test', '备选', '宣传片', '竖屏', 'night', 'food'];

/** Puts `count` clips into the database, with what a person adds to some, and makes them found. */
export function fillLibrary(database: Database, index: ClipIndex, count: number): void {
  const random = seeded(20_261_122);
  const below = (most: number): number => Math.floor(random() * most);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  // Few words are said often and many seldom, as in any language.
  const rank = (most: number): number => Math.floor(Math.exp(random() * Math.log(most))) - 1;
  const words = Array.from({ length: 20_000 }, () =>
    Array.from({ length: 2 + below(2) }, () => pick(SYLLABLES)).join(''),
  );
  const rareWords = (length: number): string =>
    Array.from({ length }, () => words[rank(words.length)]).join(' ');
  const rareCharacters = (length: number): string =>
    Array.from({ length }, () => String.fromCodePoint(0x4e00 + 7 * rank(2500))).join('');

  const prompt = (): string => {
    const chinese = random() < 0.5;
    const { who, does, where, look } = chinese ? CHINESE : ENGLISH;
    return chinese
      ? `${pick(who)}${pick(does)},${pick(where)}。${pick(look)}。${rareCharacters(30 + below(60))}。${pick(look)}。`
      : `${pick(who)} ${pick(does)} ${pick(where)}, ${pick(look)}. ${rareWords(15 + below(30))}. ${pick(look)}.`;
  };
  const one = (number: number): { clip: Clip; recipe: Recipe; task: ClipTask } => {
    const text = prompt();
    const title = text.slice(0, 40);
    const createdAt = new Date(
      Date.UTC(2024, 11, 1) + Math.floor((number / count) * 2 * YEAR_MS),
    ).toISOString();
    const id = `${number.toString(16).padStart(8, '0')}-0000-4000-8000-${below(2 ** 32)
      .toString(16)
      .padStart(12, '0')}`;
    const model = pick(MODELS);
    const size = outputPixels(model, pick(['480p', '720p', '1080p'] as const), pick(FIXED_RATIOS));
    const clip: Clip = {
      ...{ id, revision: 3, generationId: random() < 0.9 ? id : null, title, createdAt },
      fileName: clipPlace({ id, createdAt, title }).fileName,
      ...{ bytes: 1e6 + below(2e7), ...size, seconds: 4 + below(12) + 0.041667, fps: 24 },
      hasSound: random() < 0.7,
      hasPoster: true,
      sprite: { columns: 5, rows: 4, count: 20, cellWidth: 240, cellHeight: 136 },
      tokens: 50_000 + below(500_000),
      price: random() < 0.8 ? { amount: below(2000) / 100, currency: 'CNY' } : null,
      practice: random() < 0.05,
      missing: random() < 0.01,
      ...untouched,
    };
    const recipe: Recipe = {
      ...{ version: 1, prompt: text, model: model.id },
      parameters: { ...defaultParameters(model), seed: random() < 0.3 ? below(2 ** 31) : null },
      references: Array.from({ length: below(4) }, (_, at) => {
        const name = `${pick(['puppy', 'street', 'face', '小狗', 'beach', 'logo'])} ${below(500)}.png`;
        const reference = {
          id: name,
          kind: 'image',
          name,
          source: 'file',
          format: 'png',
          bytes: 1,
          hasThumb: true,
        } as const;
        return { key: `k${at}`, role: 'reference_image', reference };
      }),
    };
    return { clip, recipe, task: { seed: below(2 ** 31) } as ClipTask };
  };

  const store = new ClipStore(database);
  for (let from = 0; from < count; from += BATCH)
    database.transaction(() => {
      for (let number = from; number < Math.min(from + BATCH, count); number += 1) {
        const { clip, recipe, task } = one(number);
        const relativePath = clipPlace(clip).relativePath;
        store.insert({ clip, relativePath, contentHash: clip.id.padEnd(64, '0') }, recipe, task);
        index.put(clip.id, {
          rating: random() < 0.4 ? 1 + below(5) : 0,
          flag: random() < 0.2 ? pick([1, -1] as const) : 0,
          tags: Array.from({ length: Math.max(0, below(5) - 2) }, () => pick(TAGS)),
        });
      }
    });
}

/** The database with the search's tables. */
export function openLibrary(path: string): Database {
  const database = openDatabase(path);
  if (migrations.includes(LIBRARY_SCHEMA)) return database;
  database.close();
  const raw = new Libsql(path);
  raw.exec(LIBRARY_SCHEMA);
  raw.close();
  return openDatabase(path);
}
