/// What sort of file system a folder lies on, as far as it matters for a database.
enum FileSystemKind: Equatable {
    /// On a disk of this machine.
    case local(String)
    /// Gone with the container or the machine.
    case passing(String)
    /// On another machine: locks and flushes cannot be relied on.
    case network(String)
    /// One of which nothing is known here, or none could be told.
    case unknown(String?)

    /// - Parameter name: as the kernel calls it; the same as statfs(2) tells by number.
    init(named name: String?) {
        switch name {
        case "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "bcachefs", "jfs", "fuseblk":
            self = .local(name ?? "")
        case "overlay", "aufs", "tmpfs", "ramfs":
            self = .passing(name ?? "")
        case "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "lustre", "gpfs":
            self = .network(name ?? "")
        case let name? where name.hasPrefix("fuse."):
            self = .network(name)
        default: self = .unknown(name)
        }
    }
}
