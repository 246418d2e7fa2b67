// An object of the store as the body of an answer.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "net/http.h"
#include "store/objects.h"

namespace mmx::api {

class ObjectSource : public net::Source {
  public:
    explicit ObjectSource(std::unique_ptr<store::ObjectReader> reader) : reader_(std::move(reader)) {}
    // With another head in place of its first bytes.
    ObjectSource(std::unique_ptr<store::ObjectReader> reader, std::string head, std::uint64_t replaced)
        : reader_(std::move(reader)), head_(std::move(head)), replaced_(replaced) {}
    std::uint64_t size() const override { return head_.size() + reader_->size() - replaced_; }
    base::Result<std::string> read(std::uint64_t offset, std::size_t at_most) override {
        if (offset < head_.size()) return head_.substr(offset, at_most);
        return reader_->read(offset - head_.size() + replaced_, at_most);
    }

  private:
    std::unique_ptr<store::ObjectReader> reader_;
    std::string head_;
    std::uint64_t replaced_ = 0;
};

}  // namespace mmx::api
