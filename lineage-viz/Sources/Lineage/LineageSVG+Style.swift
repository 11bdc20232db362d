extension LineageSVG {
  /// The styles for a light and a dark background. Text has a contrast of 4.5 at least, lines one of 3.
  static let style = """
    .ln{font:11px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace}\
    .ln text{fill:#1c2126}.ln g text{text-anchor:middle}\
    .ln .caption{font:13px system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}\
    .ln .title{font-size:15px;font-weight:600}.ln .quiet{fill:#5c666f}.ln .broken{fill:#b01427}.ln .page{fill:#fff}\
    .ln .band{fill:#f4f6f8}.ln .lane{stroke:#dfe4e8;stroke-width:1;fill:none}.ln .name{font-weight:700;font-size:12px}\
    .ln .frame{stroke:#59636c;stroke-width:.9}.ln .root .frame{stroke-width:2.5}\
    .ln .none{fill:#eef0f2}.ln .missing .frame{fill:#fafafa;stroke:#6a747d;stroke-dasharray:4 3}\
    .ln .missing text{fill:#5c666f}.ln .first .frame{stroke:#c0182b}\
    .ln .outer{fill:none;stroke:#c0182b;stroke-width:1}\
    .ln .added .frame{fill:#fff;stroke:#c0182b}.ln .added text{fill:#b01427}\
    .ln .absent .frame{fill:#fff;stroke:#6a747d;stroke-dasharray:4 3}.ln .absent text{fill:#3f484f}\
    .ln .firing .frame{fill:#fff;fill-opacity:.8;stroke:none}.ln .firing text{fill:#5c666f;font-size:10px}\
    .ln .fault .frame{fill:#fde3e3;stroke:#c0182b;stroke-width:2}.ln .fault text{fill:#8f1020;font-weight:700}\
    .ln g path{fill:none;stroke:#59636c;stroke-width:1}.ln g .end{fill:#59636c;stroke:none}\
    .ln .gone path{stroke:#7b858e}.ln .gone .end{fill:#7b858e}\
    .ln .without path,.ln .detour path{stroke-dasharray:2 3}.ln .message path{stroke:#1f5fa8;stroke-width:1.3;stroke-dasharray:6 3}\
    .ln .message .end{fill:#1f5fa8}.ln .message.gone path{stroke:#7b858e}.ln .message.gone .end{fill:#7b858e}\
    .ln .cut path{stroke:#c0182b;stroke-width:1.5}.ln .cut .end{fill:none;stroke:#c0182b;stroke-width:3}\
    .ln .n0{fill:#cfe6f7}.ln .n1{fill:#fde2bd}.ln .n2{fill:#d3ecd0}.ln .n3{fill:#f6d5e3}.ln .n4{fill:#e3dcf3}\
    .ln .n5{fill:#fbf2b8}.ln .n6{fill:#cdeeea}.ln .n7{fill:#f3dccf}.ln .n8{fill:#e4ecc4}.ln .n9{fill:#dde1e6}\
    .ln g .end,.ln .message .end{stroke-dasharray:none}\
    @media(prefers-color-scheme:dark){.ln text{fill:#e4e8ec}.ln .quiet{fill:#98a3ad}.ln .broken{fill:#ff8a95}\
    .ln .page{fill:#14181d}.ln .band{fill:#1b2127}.ln .lane{stroke:#2b333a}.ln .frame{stroke:#8b97a2}.ln .none{fill:#2b333a}\
    .ln .missing .frame{fill:#181d22;stroke:#8793a0}.ln .missing text{fill:#a3adb6}.ln .first .frame,.ln .outer{stroke:#ff6b7a}\
    .ln .added .frame{fill:#14181d;stroke:#ff6b7a}.ln .added text{fill:#ff8a95}\
    .ln .absent .frame{fill:#14181d;stroke:#8793a0}.ln .absent text{fill:#c3ccd4}\
    .ln .firing .frame{fill:#14181d}.ln .firing text{fill:#a3adb6}\
    .ln .fault .frame{fill:#4a1520;stroke:#ff6b7a}.ln .fault text{fill:#ffb3ba}\
    .ln g path{stroke:#8b97a2}.ln g .end{fill:#8b97a2}.ln .gone path{stroke:#77838d}.ln .gone .end{fill:#77838d}\
    .ln .message path{stroke:#7cb3f0}.ln .message .end{fill:#7cb3f0}.ln .message.gone path{stroke:#77838d}\
    .ln .message.gone .end{fill:#77838d}.ln .cut path{stroke:#ff6b7a}.ln .cut .end{stroke:#ff6b7a}\
    .ln .n0{fill:#1f4a68}.ln .n1{fill:#6b4a15}.ln .n2{fill:#25552a}.ln .n3{fill:#6b2d48}.ln .n4{fill:#473a70}\
    .ln .n5{fill:#5c531a}.ln .n6{fill:#1d5751}.ln .n7{fill:#663f28}.ln .n8{fill:#48541f}.ln .n9{fill:#454c54}}
    """
}
