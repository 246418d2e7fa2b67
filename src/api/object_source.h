// An object of the store as the body of an answer.
#pragma once

#include <memory>
#include <utility>

#include "net/http.h"
#include "store/objects.h"

namespace mmx::api {

class ObjectSource : public net::Source {
  public:
    explicit ObjectSource(std::unique_ptr<store::ObjectReader> reader) : reader_(std::move(reader)) {}
    std::uint64_t size() const override { return reader_->size(); }
    base::Result<std::string> read(std::uint64_t offset, std::size_t at_most) override {
        return reader_->read(offset, at_most);
    }

  private:
    std::unique_ptr<store::ObjectReader> reader_;
};

}  // namespace mmx::api
