"""A camera of GStreamer's RTSP server for the tests; prints its port once it listens.

Options (name=value): codec=h264|h265|h264b, protocols=tcp|udp|any, user=name:password, hash=md5|sha256,
auth=basic|digest, backchannel=FILE (sound that clients send is written there), audio=pcma|aac|opus, file=FILE.mkv
"""
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer

options = dict(one.split("=", 1) for one in sys.argv[1:])
Gst.init(None)

source = "videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=25/1"
x264 = "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25 bitrate=300"
videos = {
    "h264": f"{source} ! {x264} ! h264parse ! rtph264pay name=pay0 pt=96",
    "h264b": f"{source} ! x264enc speed-preset=veryfast bframes=3 b-adapt=false key-int-max=24 bitrate=300 "
    "rc-lookahead=0 sync-lookahead=0 ! video/x-h264,profile=main ! h264parse ! rtph264pay name=pay0 pt=96",
    "h265": f"{source} ! x265enc tune=zerolatency speed-preset=ultrafast key-int-max=25 bitrate=300 ! h265parse ! "
    "rtph265pay name=pay0 pt=96",
}
tone = "audiotestsrc is-live=true ! audio/x-raw"
audios = {
    "pcma": f"{tone},rate=8000,channels=1 ! alawenc ! rtppcmapay name=pay1 pt=8",
    "aac": f"{tone},rate=48000,channels=2 ! voaacenc ! aacparse ! rtpmp4gpay name=pay1 pt=97",
    "latm": f"{tone},rate=48000,channels=2 ! voaacenc ! aacparse ! rtpmp4apay name=pay1 pt=97",
    "opus": f"{tone},rate=48000,channels=2 ! opusenc ! rtpopuspay name=pay1 pt=97",
}
# ONVIF media seek at PLAY, which live sources refuse.
if "backchannel" in options:
    videos["h264"] = videos["h264"].replace("is-live=true ", "")
    audios["pcma"] = audios["pcma"].replace("is-live=true ", "")
parts = [videos[options.get("codec", "h264")], audios[options.get("audio", "pcma")]]
if "file" in options:
    parts = [
        f"filesrc location={options['file']} ! matroskademux name=d d. ! queue ! h264parse ! "
        "rtph264pay name=pay0 pt=96 config-interval=-1 d. ! queue ! rtppcmapay name=pay1 pt=8"
    ]

server = GstRtspServer.RTSPOnvifServer() if "backchannel" in options else GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service("0")
if "backchannel" in options:
    factory = GstRtspServer.RTSPOnvifMediaFactory()
    factory.set_media_gtype(GstRtspServer.RTSPOnvifMedia)
    caps = "application/x-rtp, media=audio, payload=8, clock-rate=8000, encoding-name=PCMA"
    factory.set_backchannel_launch(
        f'( capsfilter caps="{caps}" name=depay_backchannel ! rtppcmadepay ! '
        f"filesink buffer-mode=unbuffered async=false sync=false location={options['backchannel']} )"
    )
else:
    factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch("( " + " ".join(parts) + " )")
factory.set_shared("backchannel" not in options)
protocols = {"tcp": GstRtsp.RTSPLowerTrans.TCP, "udp": GstRtsp.RTSPLowerTrans.UDP}
if options.get("protocols", "any") in protocols:
    factory.set_protocols(protocols[options["protocols"]])

if "user" in options:
    name, password = options["user"].split(":", 1)
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken()
    token.set_string(GstRtspServer.RTSP_TOKEN_MEDIA_FACTORY_ROLE, "viewer")
    if options.get("auth") == "basic":
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.BASIC)
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(name, password), token)
    else:
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(name, password, token)
    server.set_auth(auth)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", GstRtspServer.RTSP_PERM_MEDIA_FACTORY_ACCESS, True)
    permissions.add_permission_for_role("viewer", GstRtspServer.RTSP_PERM_MEDIA_FACTORY_CONSTRUCT, True)
    factory.set_permissions(permissions)

count = int(options.get("count", "1"))
mounts = server.get_mount_points()
for index in range(count):
    mounts.add_factory(f"/cam{index}", factory)
server.attach(None)
print(server.get_bound_port(), flush=True)
GLib.MainLoop().run()
