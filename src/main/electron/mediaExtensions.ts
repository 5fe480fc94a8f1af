// Which names of files dialogs offer, by kind; what is inside decides later.
export const PICTURE_EXTENSIONS = ['png', 'jpg', 'jpeg', 'webp', 'bmp', 'tif', 'tiff', 'gif', 'heic', 'heif'];
export const VIDEO_EXTENSIONS = ['mp4', 'mov', 'webm', 'mkv', 'avi', 'm4v'];
export const SOUND_EXTENSIONS = ['wav', 'mp3', 'm4a', 'aac', 'ogg', 'flac'];
