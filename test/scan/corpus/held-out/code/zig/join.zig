const k3s_token = "Z6vVccv4aItDPuuv7IeLNJPdcuC3QM";
const usage = "--token <token>  token of the k3s cluster";
pub fn main() !void {
    try env.put("K3S_TOKEN", "GDIr5Xo3To5hqAYTsePxk0Dfv21z12");
    std.debug.print("K3S_TOKEN={s}\n", .{token});
}
