import Foundation
import GRDB
import InboxCore
import Testing

@testable import InboxSQLite

/// Which failures to open may pass by themselves.
@Suite struct StorageFailureTests {
    @Test(arguments: [
        (ENOSPC, true), (EDQUOT, true), (EROFS, true), (EIO, true), (EMFILE, true), (EACCES, false), (EPERM, false),
        (ENOTDIR, false), (ENOENT, false), (ENAMETOOLONG, false), (12_345, false),
    ])
    func `a full or failing disk may pass, a wrong path or owner does not`(number: Int32, mayPass: Bool) {
        #expect(StorageFailure.mayPass(InboxError.system(number, "cannot do it")) == mayPass)
    }

    @Test(arguments: [
        (ResultCode.SQLITE_FULL, true), (.SQLITE_IOERR_FSYNC, true), (.SQLITE_READONLY, true), (.SQLITE_BUSY, true),
        (.SQLITE_NOTADB, false), (.SQLITE_CORRUPT, false), (.SQLITE_ERROR, false),
    ])
    func `a disk in trouble may pass, a damaged database does not`(code: ResultCode, mayPass: Bool) {
        #expect(StorageFailure.mayPass(StorageFailure.describe(DatabaseError(resultCode: code))) == mayPass)
    }

    @Test(arguments: [
        (InboxError.Code.locked, true), (.newerSchema, false), (.conflict, false), (.damaged, false),
        (.storage, false),
    ])
    func `somebody else may go, a newer schema does not`(code: InboxError.Code, mayPass: Bool) {
        #expect(StorageFailure.mayPass(InboxError(code, "cannot do it")) == mayPass)
    }

    @Test func `a folder that cannot be made is told apart by what the system said`() async throws {
        try await withTemporaryFolder { folder in
            try Data("a file".utf8).write(to: folder)
            let error = await #expect(throws: InboxError.self) {
                try await SQLiteInbox.open(folder: folder.appending(path: "data"), logger: .quiet)
            }
            #expect((error?.cause as? POSIXError)?.code == .ENOTDIR)
            #expect(error.map(SQLiteInbox.mayPass) == false)
        }
    }
}
