/** One track from packets to frames: order, loss, pictures or sound, times. */
import type { AudioCodec, AudioTrack, Frame, Track, VideoCodec, VideoTrack } from '@wangge/codec';
import type { ClockGroup, MediaClock } from './clock.ts';
import { DecodeTimes } from './decode-times.ts';
import { AacDepayloader } from './depay/aac.ts';
import { createPlainDepayloader, type AudioDepayloader, type SoundHandler } from './depay/audio.ts';
import { readAacConfig } from './depay/aac-config.ts';
import { createH264Depayloader } from './depay/h264.ts';
import { createH265Depayloader } from './depay/h265.ts';
import { LatmDepayloader } from './depay/latm.ts';
import type { Picture, VideoCounts } from './depay/picture-assembler.ts';
import type { VideoDepayloader } from './depay/video-depayloader.ts';
import { parseRtp, type RtpPacket } from './packet.ts';
import { ReorderBuffer, type ReorderCounts, type ReorderOptions } from './reorder.ts';
import { reorderDepth } from './reorder-depth.ts';
import { parseRtcp, type ReportBlock } from './rtcp/parse.ts';
import { ReceptionStatistics } from './rtcp/reception.ts';
import type { AudioFormat, RtpFormat, VideoFormat } from './sdp/format.ts';

export interface TrackReceiverOptions {
  readonly format: RtpFormat;
  /** Shared by the tracks of one sender. */
  readonly clocks: ClockGroup;
  /** Given for UDP; without it packets are taken to be in order, and gaps are loss. */
  readonly reorder?: ReorderOptions;
  /**
   * Frames have memory of their own and may be kept.
   *
   * @param afterLoss pictures before this one are missing
   */
  onFrame(frame: Frame, afterLoss: boolean): void;
  /** Parameter sets were learned from the stream or changed; the next frame is a key picture with them. */
  onTrack?(track: Track): void;
  /** The sender said goodbye (RTCP BYE). */
  onGoodbye?(): void;
}

export interface TrackStatistics {
  readonly packets: number;
  readonly bytes: number;
  /** Datagrams that were no RTP. */
  readonly garbage: number;
  readonly jitterMs: number;
  /** Times the sender's clock jumped. */
  readonly clockJumps: number;
  readonly video: Readonly<VideoCounts> | undefined;
  /** Over UDP only. */
  readonly order: Readonly<ReorderCounts> | undefined;
}

export class TrackReceiver {
  readonly #options: TrackReceiverOptions;
  readonly #clock: MediaClock;
  readonly #reception: ReceptionStatistics;
  readonly #reorder: ReorderBuffer | undefined;
  readonly #video: VideoDepayloader | undefined;
  readonly #audio: AudioDepayloader | undefined;
  readonly #times = new DecodeTimes();
  #packets = 0;
  #bytes = 0;
  #garbage = 0;
  #arrivalUs = 0;
  #jumps = 0;
  #lastSoundUs = -Infinity;

  constructor(options: TrackReceiverOptions) {
    const { format, clocks } = options;
    this.#options = options;
    this.#clock = clocks.add(format.clockRate, format.track.kind === 'video');
    this.#reception = new ReceptionStatistics(format.clockRate);
    if (isVideo(format)) this.#video = this.#createVideo(format);
    else this.#audio = createAudio(format, (data, stamp) => this.#onSound(format.track.codec, data, stamp));
    if (options.reorder !== undefined) {
      this.#reorder = new ReorderBuffer((packet) => this.#depayload(packet), options.reorder);
    }
  }

  /**
   * One packet of RTP. Without `reorder` nothing of it is kept: the caller may use its memory again.
   *
   * @param arrivalUs microseconds of a clock that never goes back
   */
  push(data: Uint8Array, arrivalUs: number): void {
    const packet = parseRtp(data);
    if (packet === undefined) {
      this.#garbage += 1;
      return;
    }
    this.#packets += 1;
    this.#bytes += data.length;
    this.#arrivalUs = arrivalUs;
    this.#reception.onPacket(packet, arrivalUs);
    if (this.#reorder === undefined) this.#depayload(packet);
    else this.#reorder.push(packet, arrivalUs / 1000);
  }

  /** One compound packet of RTCP. */
  pushControl(data: Uint8Array, arrivalUs: number): void {
    for (const packet of parseRtcp(data)) {
      if (packet.type === 'sr') {
        this.#reception.onSenderReport(packet, arrivalUs);
        // Cameras without a wall clock write 0 there.
        if (packet.ntpUs > 0) this.#clock.onSenderReport(packet.ntpUs, packet.rtpTimestamp);
      } else if (packet.type === 'bye') {
        this.#options.onGoodbye?.();
      }
    }
  }

  /** For the next receiver report. */
  report(nowUs: number): ReportBlock | undefined {
    return this.#reception.report(nowUs);
  }

  statistics(): TrackStatistics {
    return {
      packets: this.#packets,
      bytes: this.#bytes,
      garbage: this.#garbage,
      jitterMs: this.#reception.jitterMs,
      clockJumps: this.#clock.jumps,
      video: this.#video?.counts,
      order: this.#reorder?.counts,
    };
  }

  #depayload(packet: RtpPacket): void {
    if (this.#video !== undefined) this.#video.push(packet);
    else this.#audio?.push(packet);
  }

  #createVideo(format: VideoFormat): VideoDepayloader {
    const { codec, parameterSets } = format.track;
    this.#times.setDepth(reorderDepth(codec, parameterSets));
    const handlers = {
      onPicture: (picture: Picture) => this.#onPicture(codec, picture),
      onParameterSets: (sets: readonly Uint8Array[]) => {
        this.#times.setDepth(reorderDepth(codec, sets));
        const track: VideoTrack = { kind: 'video', codec, parameterSets: sets };
        this.#options.onTrack?.(track);
      },
    };
    return codec === 'h264'
      ? createH264Depayloader(parameterSets, handlers)
      : createH265Depayloader(parameterSets, handlers, format.donl);
  }

  #onPicture(codec: VideoCodec, picture: Picture): void {
    const ptsUs = this.#clock.toUs(picture.timestamp, this.#arrivalUs);
    if (picture.afterLoss || this.#clock.jumps !== this.#jumps) this.#times.reset();
    this.#jumps = this.#clock.jumps;
    const { nals, key, afterLoss } = picture;
    this.#options.onFrame({ kind: 'video', codec, ptsUs, dtsUs: this.#times.push(ptsUs), key, nals }, afterLoss);
  }

  #onSound(codec: AudioCodec, data: Uint8Array, timestamp: number): void {
    const us = this.#clock.toUs(timestamp >>> 0, this.#arrivalUs);
    // A sender report may move the track back once; times still go forward.
    const ptsUs = Math.max(us, this.#lastSoundUs + 1);
    this.#lastSoundUs = ptsUs;
    // Copied, as a view would keep all that the socket read with it.
    this.#options.onFrame({ kind: 'audio', codec, ptsUs, data: Buffer.from(data) }, false);
  }
}

function isVideo(format: RtpFormat): format is VideoFormat {
  return format.track.kind === 'video';
}

function createAudio(format: AudioFormat, onSound: SoundHandler): AudioDepayloader {
  if (format.aac === undefined) return createPlainDepayloader(onSound);
  const ticks = ticksPerUnit(format.track, format.clockRate);
  if (format.aac.packing === 'latm') return new LatmDepayloader(format.aac.subFrames, ticks, onSound);
  return new AacDepayloader(format.aac.sizes, ticks, onSound);
}

/** 1024 samples of the core coder; of HE-AAC with a clock of the doubled rate these are 2048 ticks. */
function ticksPerUnit(track: AudioTrack, clockRate: number): number {
  const core = track.config === undefined ? undefined : readAacConfig(track.config);
  return Math.round((1024 * clockRate) / (core?.sampleRate ?? clockRate));
}
