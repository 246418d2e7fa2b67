#include "store/database.h"

#include "store/open_database.h"

namespace mmx::store {
namespace {

const std::string kNoText;

}  // namespace

std::int64_t Row::integer(std::size_t column) const {
    const auto* held = std::get_if<std::int64_t>(&values_[column].held());
    return held == nullptr ? 0 : *held;
}

double Row::real(std::size_t column) const {
    if (const auto* held = std::get_if<double>(&values_[column].held())) return *held;
    return static_cast<double>(integer(column));
}

const std::string& Row::text(std::size_t column) const {
    const auto* held = std::get_if<std::string>(&values_[column].held());
    return held == nullptr ? kNoText : *held;
}

const std::string& Row::blob(std::size_t column) const {
    const auto* held = std::get_if<Blob>(&values_[column].held());
    return held == nullptr ? kNoText : held->bytes;
}

std::optional<std::int64_t> Row::maybe_integer(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
}

std::optional<double> Row::maybe_real(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return real(column);
}

std::optional<std::string> Row::maybe_text(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return text(column);
}

std::string_view for_update(Dialect dialect) {
    return dialect == Dialect::postgresql ? " FOR UPDATE" : "";
}

base::Result<std::unique_ptr<Database>> Database::open(const DatabaseSettings& settings) {
    const std::string_view address = settings.address;
    constexpr std::string_view sqlite = "sqlite:";
    if (address.starts_with(sqlite) && address.size() > sqlite.size())
        return open_sqlite(std::string(address.substr(sqlite.size())), settings);
    if (address.starts_with("postgresql://") || address.starts_with("postgres://"))
        return open_postgres(settings);
    // The address itself may hold a password, so it is not repeated.
    return base::fail_field("database",
                            "The database's address must begin with sqlite: or postgresql://, for example "
                            "sqlite:/var/lib/mmx/mmx.db or postgresql://mmx@db.example/mmx.");
}

}  // namespace mmx::store
