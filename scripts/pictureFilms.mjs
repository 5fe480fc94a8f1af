// The library that the README's pictures show: which film each clip is, and what a person would have noted about it.

/**
 * @typedef {object} PictureClip
 * @property {string} name of its file
 * @property {string} scene a file of scripts/films/scenes
 * @property {number} take another look of the same scene
 * @property {import('../src/shared/domain/models').Ratio} ratio
 * @property {'480p' | '720p'} resolution
 * @property {number} seconds
 * @property {number} [exposure] 1 as the scene is lit
 * @property {[number, number, number]} [travel] the camera's way across, up and in, in picture widths
 * @property {string} title
 * @property {string} chinese the title in the pictures of a Chinese window
 * @property {string} prompt
 * @property {number} minutesAgo
 * @property {number} [rating]
 * @property {'kept' | 'rejected'} [flag]
 * @property {string[]} [tags]
 * @property {string[]} [collections]
 * @property {string} [imageOf] a clip whose first frame was its reference
 * @property {string} [note]
 * @property {string} [chineseNote]
 */

const DAY = 1440;

/** @type {readonly PictureClip[]} */
export const CLIPS = [
  {
    ...{
      name: 'lake-4',
      scene: 'lake',
      take: 0,
      ratio: '16:9',
      resolution: '720p',
      seconds: 5,
      travel: [0.02, 0, 0.07],
    },
    ...{
      title: 'Jetty at dusk · 4',
      chinese: '黄昏栈桥 · 4',
      minutesAgo: 12,
      rating: 4,
      flag: 'kept',
      tags: ['dusk', 'hero'],
    },
    prompt:
      'Slow push along the jetty of @{a} at dusk, low sun behind the ridge, water barely moving. Locked horizon, no people; under the lapping water, one far bell.',
    ...{
      collections: ['Harbour at dusk'],
      imageOf: 'lake-3',
      note: 'The one. Hold two seconds longer at the end.',
      chineseNote: '就用这条。结尾再多停两秒。',
    },
  },
  {
    ...{ name: 'street', scene: 'street', take: 0, ratio: '16:9', resolution: '720p', seconds: 5 },
    ...{
      title: 'Neon after rain',
      chinese: '雨后霓虹',
      minutesAgo: 25,
      rating: 5,
      flag: 'kept',
      tags: ['night'],
    },
    prompt:
      'A narrow street after rain, neon in the wet stone, someone with an umbrella walks away. 35 mm, slow push.',
    collections: ['City nights'],
  },
  {
    ...{ name: 'forest', scene: 'forest', take: 0, ratio: '9:16', resolution: '480p', seconds: 5 },
    ...{ title: 'Forest path', chinese: '林间小路', minutesAgo: 31, rating: 3, travel: [0.05, 0, 0.06] },
    prompt: 'A path through a tall forest in the morning, light falls between the trunks, dust in the air.',
  },
  {
    ...{ name: 'balloons', scene: 'balloons', take: 0, ratio: '16:9', resolution: '480p', seconds: 6 },
    ...{
      title: 'Balloons, near one drifts left',
      chinese: '热气球，近处一只左移',
      minutesAgo: 44,
      rating: 4,
      flag: 'kept',
      travel: [-0.06, 0.01, 0.02],
    },
    prompt:
      'Balloons over a misty valley at sunrise. The near one drifts left, its burner lights for one second.',
    ...{ collections: ['Balloon teaser'], tags: ['teaser'] },
  },
  {
    ...{ name: 'lanterns', scene: 'lanterns', take: 0, ratio: '9:16', resolution: '480p', seconds: 5 },
    ...{
      title: 'Lanterns rise',
      chinese: '天灯升起',
      minutesAgo: 52,
      rating: 4,
      flag: 'kept',
      tags: ['night'],
      travel: [0, -0.05, 0.02],
    },
    prompt: '夜晚的湖面，纸天灯一盏接一盏升起，倒影轻轻晃动，固定机位。',
  },
  {
    ...{ name: 'dew', scene: 'dew', take: 0, ratio: '16:9', resolution: '480p', seconds: 5 },
    ...{
      title: 'Dew, macro',
      chinese: '露珠微距',
      minutesAgo: 63,
      rating: 3,
      exposure: 0.6,
      travel: [0.05, 0.02, 0],
    },
    ...{
      prompt: 'Dew on a leaf, macro, back light, focus drifts from left to right.',
      collections: ['Macro b-roll'],
    },
  },
  {
    ...{ name: 'koi', scene: 'koi', take: 0, ratio: '1:1', resolution: '480p', seconds: 5 },
    ...{
      title: 'Koi from above',
      chinese: '俯拍锦鲤',
      minutesAgo: 70,
      rating: 4,
      flag: 'kept',
      exposure: 0.75,
    },
    prompt: 'Koi in a dark pond seen from above, one breaks the surface, rings run to the edge.',
  },
  {
    ...{
      name: 'dunes',
      scene: 'dunes',
      take: 0,
      ratio: '21:9',
      resolution: '480p',
      seconds: 5,
      exposure: 0.5,
    },
    ...{
      title: 'Dune crest, last light',
      chinese: '沙丘脊线，余晖',
      minutesAgo: 85,
      rating: 3,
      travel: [0.07, 0, 0.01],
    },
    prompt: 'Dune crest in the last light, wind lifts a thin veil of sand, slow lateral move.',
  },
  {
    ...{
      name: 'jellyfish',
      scene: 'jellyfish',
      take: 0,
      ratio: '9:16',
      resolution: '480p',
      seconds: 5,
      exposure: 0.8,
    },
    ...{ title: 'Jellyfish, deep', chinese: '深海水母', minutesAgo: 97, rating: 5, flag: 'kept' },
    prompt: '深海里的水母缓缓收缩，光从上方落下，镜头慢慢靠近。',
  },
  {
    ...{
      name: 'aurora',
      scene: 'aurora',
      take: 0,
      ratio: '16:9',
      resolution: '480p',
      seconds: 6,
      exposure: 0.8,
    },
    ...{ title: 'Northern lights', chinese: '极光', minutesAgo: 120, rating: 4, travel: [0.03, 0, 0.03] },
    prompt: 'Northern lights over a frozen shore, the ice mirrors them, stars hold still.',
  },
  {
    ...{ name: 'snow', scene: 'snow', take: 0, ratio: '4:3', resolution: '480p', seconds: 5 },
    ...{ title: 'Cabin in the snow', chinese: '雪中小屋', minutesAgo: 131, rating: 3, travel: [0, 0, 0.08] },
    prompt: 'Blue hour, a cabin between firs, its windows warm, large flakes fall slowly.',
  },
  {
    ...{
      name: 'planet',
      scene: 'planet',
      take: 0,
      ratio: '21:9',
      resolution: '480p',
      seconds: 6,
      exposure: 0.9,
    },
    ...{
      title: 'Orbit, first light',
      chinese: '轨道上的第一缕光',
      minutesAgo: 150,
      rating: 5,
      flag: 'kept',
      travel: [0.03, 0.02, 0.02],
    },
    prompt: 'From orbit: the night side with its cities, the sun comes over the edge, long flare.',
  },
  {
    ...{ name: 'lake-3', scene: 'lake', take: 1.3, ratio: '16:9', resolution: '480p', seconds: 5 },
    ...{
      title: 'Jetty at dusk · 3',
      chinese: '黄昏栈桥 · 3',
      minutesAgo: DAY + 10,
      rating: 3,
      collections: ['Harbour at dusk'],
    },
    prompt: 'Slow push along the jetty at dusk, low sun behind the ridge, water barely moving.',
  },
  {
    ...{ name: 'rain', scene: 'rain', take: 0, ratio: '3:4', resolution: '480p', seconds: 5, exposure: 0.9 },
    ...{
      title: 'Rain on the window',
      chinese: '窗上的雨',
      minutesAgo: DAY + 22,
      rating: 2,
      collections: ['City nights'],
    },
    prompt: 'Rain on a window at night, slow rack from the drops to the street below.',
  },
  {
    ...{ name: 'peaks', scene: 'peaks', take: 0, ratio: '16:9', resolution: '480p', seconds: 5 },
    ...{
      title: 'Peaks above the clouds',
      chinese: '云海日出',
      minutesAgo: DAY + 41,
      rating: 4,
      flag: 'kept',
      travel: [0.05, 0, 0.02],
    },
    prompt: '日出时的云海，雪峰露出云面，云缓缓向左流动，航拍。',
  },
  {
    ...{
      name: 'lighthouse',
      scene: 'lighthouse',
      take: 0,
      ratio: '9:16',
      resolution: '480p',
      seconds: 5,
      exposure: 0.8,
    },
    ...{
      title: 'Lighthouse',
      chinese: '灯塔',
      minutesAgo: DAY + 55,
      rating: 4,
      collections: ['Harbour at dusk'],
    },
    prompt: 'A lighthouse after sunset, the beam turns once, surf below, almost no wind.',
  },
  {
    ...{ name: 'meadow', scene: 'meadow', take: 0, ratio: '16:9', resolution: '480p', seconds: 5 },
    ...{
      title: 'Poppies, evening',
      chinese: '傍晚的罂粟花',
      minutesAgo: DAY + 71,
      flag: 'rejected',
      travel: [0.05, 0, 0.02],
    },
    prompt: 'Poppies in long grass against the evening sun, a light wind from the right.',
  },
  {
    ...{ name: 'ink', scene: 'ink', take: 0, ratio: '1:1', resolution: '480p', seconds: 5, exposure: 0.8 },
    ...{
      title: 'Ink in water',
      chinese: '水中的墨',
      minutesAgo: DAY + 80,
      rating: 3,
      collections: ['Macro b-roll'],
    },
    prompt: 'Ink falls through clear water, blue into crimson, macro, white background.',
  },
  {
    ...{ name: 'sea', scene: 'sea', take: 0, ratio: '21:9', resolution: '480p', seconds: 5 },
    ...{
      title: 'Swell, storm breaking',
      chinese: '涌浪，风暴将散',
      minutesAgo: DAY + 93,
      rating: 3,
      travel: [0.02, 0.03, 0.03],
    },
    prompt: 'Open sea, the storm breaks, low sun on the swell, the camera rides one wave.',
  },
  {
    ...{ name: 'lake-2', scene: 'lake', take: 3.1, ratio: '16:9', resolution: '480p', seconds: 5 },
    ...{
      title: 'Jetty at dusk · 2',
      chinese: '黄昏栈桥 · 2',
      minutesAgo: DAY + 110,
      rating: 2,
      collections: ['Harbour at dusk'],
    },
    prompt: 'Slow push along the jetty at dusk, low sun behind the ridge, water barely moving.',
  },
  {
    ...{ name: 'balloons-2', scene: 'balloons', take: 2, ratio: '4:3', resolution: '480p', seconds: 5 },
    ...{
      title: 'Balloons rise',
      chinese: '热气球升空',
      minutesAgo: DAY + 140,
      rating: 3,
      collections: ['Balloon teaser'],
    },
    prompt: 'Balloons rise out of the mist, wide and still.',
  },
];

/** The collections' names in the pictures of a Chinese window. @type {Readonly<Record<string, string>>} */
export const CHINESE_COLLECTIONS = {
  'Harbour at dusk': '黄昏的港口',
  'City nights': '城市夜景',
  'Balloon teaser': '热气球预告',
  'Macro b-roll': '微距空镜',
  'Unrated this month': '本月未评分',
};
