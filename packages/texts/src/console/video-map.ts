import { defineTexts } from '../define.ts';

/** Cameras on the map. */
export const videoMapTexts = defineTexts(
  {
    label: '摄像机地图',
    side: '选中的摄像机',
    hint: '点摄像机播放；点地图上别的地方，找出能看到那里的摄像机。放大后显示朝向。',
    larger: '放大',
    seeing: '能看到这里的摄像机',
    nobodySees: '附近没有摄像机',
    sees: (m: number) => `能看到 · ${m} 米`,
    near: (m: number) => `在附近 · ${m} 米`,
  },
  {
    label: 'Map of cameras',
    side: 'Chosen camera',
    hint: 'Click a camera to play it; click elsewhere to find the cameras that see that place. Directions show when near.',
    larger: 'Larger',
    seeing: 'Cameras that see this place',
    nobodySees: 'No camera is near',
    sees: (m) => `sees it · ${m} m`,
    near: (m) => `near · ${m} m`,
  },
);
