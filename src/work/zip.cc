#include "work/zip.h"

#include <zip.h>

namespace mmx::work {
namespace {

// An archive that is thrown away unless close() wrote it.
class Archive {
  public:
    explicit Archive(zip_t* archive) : archive_(archive) {}
    ~Archive() {
        if (archive_ != nullptr) zip_discard(archive_);
    }
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;

    base::Status add(const ZipEntry& entry) {
        zip_source_t* source = zip_source_file(archive_, entry.path.c_str(), 0, 0);
        if (source == nullptr) return failed();
        const zip_int64_t index = zip_file_add(archive_, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(source);  // an added one belongs to the archive
            return failed();
        }
        const int stored =
            zip_set_file_compression(archive_, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
        return stored == 0 ? base::Status{} : failed();
    }

    base::Status close() {
        if (zip_close(archive_) != 0) return failed();
        archive_ = nullptr;
        return {};
    }

  private:
    base::Status failed() const {
        return base::fail_for_now(base::Kind::unavailable, "The ZIP file could not be written right now.",
                                  std::string("libzip: ") + zip_strerror(archive_), 30);
    }
    zip_t* archive_;
};

}  // namespace

base::Status write_zip(const std::string& path, const std::vector<ZipEntry>& entries) {
    int error = 0;
    zip_t* opened = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (opened == nullptr)
        return base::fail_for_now(base::Kind::unavailable, "The ZIP file could not be written right now.",
                                  path + ": libzip error " + std::to_string(error), 30);
    Archive archive(opened);
    for (const ZipEntry& entry : entries) TRY_VOID(archive.add(entry));
    return archive.close();
}

}  // namespace mmx::work
