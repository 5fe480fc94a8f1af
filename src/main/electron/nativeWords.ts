// The words of what the operating system draws: the menu and the file dialogs.
import type { Language } from '@shared/domain/settings';

const ENGLISH = {
  about: 'About Dailies',
  services: 'Services',
  hide: 'Hide Dailies',
  hideOthers: 'Hide Others',
  showAll: 'Show All',
  quit: 'Quit Dailies',
  file: 'File',
  closeWindow: 'Close Window',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  pastePlain: 'Paste Without Formatting',
  selectAll: 'Select All',
  view: 'View',
  actualSize: 'Actual Size',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  fullScreen: 'Full Screen',
  reload: 'Reload',
  developerTools: 'Developer Tools',
  window: 'Window',
  minimize: 'Minimize',
  zoom: 'Zoom',
  bringToFront: 'Bring All to Front',
  mediaFiles: 'Pictures, videos and sounds',
  allFiles: 'All files',
};
export type NativeWords = Readonly<typeof ENGLISH>;

const CHINESE: NativeWords = {
  about: '关于 Dailies',
  services: '服务',
  hide: '隐藏 Dailies',
  hideOthers: '隐藏其他',
  showAll: '全部显示',
  quit: '退出 Dailies',
  file: '文件',
  closeWindow: '关闭窗口',
  edit: '编辑',
  undo: '撤销',
  redo: '重做',
  cut: '剪切',
  copy: '复制',
  paste: '粘贴',
  pastePlain: '粘贴为纯文本',
  selectAll: '全选',
  view: '显示',
  actualSize: '实际大小',
  zoomIn: '放大',
  zoomOut: '缩小',
  fullScreen: '全屏',
  reload: '重新加载',
  developerTools: '开发者工具',
  window: '窗口',
  minimize: '最小化',
  zoom: '缩放',
  bringToFront: '全部置于顶层',
  mediaFiles: '图片、视频和声音',
  allFiles: '所有文件',
};

const WORDS: Record<Language, NativeWords> = { en: ENGLISH, 'zh-CN': CHINESE };

export function nativeWords(language: Language): NativeWords {
  return WORDS[language];
}
