#include "net/connection.h"

#include "base/secrets.h"
#include "log/log.h"
#include "net/text.h"

namespace mmx::net {
namespace {

namespace http = boost::beast::http;

constexpr std::size_t kReadBytes = 4096;
constexpr std::size_t kReadBodyBytes = 64 * 1024;
constexpr std::size_t kPieceBytes = 128 * 1024;
constexpr std::size_t kLingerBytes = 256 * 1024;
constexpr std::chrono::milliseconds kLingerLimit{1000};
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

std::int64_t system_now_ms() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace

// What is known of the request in hand.
struct Connection::Exchange {
    Request request;
    Router::Match match;
    After after = After::keep_alive;
    int status = 0;  // of the answer
    std::int64_t at_ms = system_now_ms();
    SteadyClock::time_point began = SteadyClock::now();
};

Connection::Connection(House& house, Loop& loop, Socket socket, const Address& peer)
    : house_(house), loop_(loop), socket_(std::move(socket)), peer_(peer), wake_(loop.context()) {
    loop_.enter(*this);
    ++house_.connections_open;
}

Connection::~Connection() {
    leave_line();
    loop_.leave(*this);
    --house_.connections_open;
}

void Connection::start(std::shared_ptr<Connection> connection) {
    Executor executor = connection->loop_.context().get_executor();
    asio::co_spawn(
        executor, [self = std::move(connection)] { return self->serve(); }, asio::detached);
}

void Connection::check_deadline(SteadyClock::time_point now) {
    if (now < deadline_) return;
    no_deadline();
    timed_out_ = true;
    ErrorCode ignored;
    socket_.cancel(ignored);
}

void Connection::drain() {
    if (events_) return events_->close();
    if (place_in_line_ && buffer_.size() == 0) abort();
}

void Connection::abort() {
    gone_ = true;
    leave_line();
    ErrorCode ignored;
    socket_.close(ignored);
    wake_.cancel();
}

void Connection::leave_line() {
    if (place_in_line_) loop_.leave_line(*place_in_line_);
    place_in_line_.reset();
}

Task<void> Connection::serve() {
    const auto self = shared_from_this();
    try {
        ErrorCode ignored;
        socket_.set_option(tcp::no_delay(true), ignored);
        socket_.non_blocking(true, ignored);
        bool more = true;
        while (more) more = co_await exchange();
    } catch (const std::exception&) {
        log::error("a connection ended by an exception");
    }
    abort();
}

Task<bool> Connection::exchange() {
    parser_.reset();
    ErrorCode error = co_await wait_for_request();
    if (error) co_return false;
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(house_.settings.most_header_bytes));
    parser_->body_limit(boost::none);  // until the route is known
    Exchange current;
    set_deadline(house_.settings.header_deadline);
    error = co_await parse_until(Goal::head);
    no_deadline();
    leave_line();
    if (gone_) co_return false;

    current.request.request_id = base::random_id();
    current.request.client_address = peer_.text();
    Response response;
    if (!error) {
        read_request(current);
        response = co_await respond(current);
    } else {
        Refusal refusal{400, "The request is not valid HTTP/1.1."};
        if (timed_out_)
            refusal = {408, "The request took too long to arrive."};
        else if (error == http::error::header_limit || error == http::error::buffer_overflow)
            refusal = {431, "The request's headers are too large."};
        current.after = After::close;
        response = house_.refuse(current.request, refusal);
    }
    if (gone_) co_return false;
    if (house_.draining) current.after = After::close;
    ++house_.requests;
    const bool keep = co_await send(current, std::move(response));

    if (house_.hooks.on_access) {
        const std::chrono::duration<double> taken = SteadyClock::now() - current.began;
        const Request& request = current.request;
        house_.hooks.on_access({request.client_address, request.method, request.route,
                                std::string(request.headers.get("User-Agent").substr(0, 256)), current.status,
                                current.at_ms, taken.count()});
    }
    co_return keep;
}

// In line from here until the head is whole.
Task<ErrorCode> Connection::wait_for_request() {
    place_in_line_ = loop_.stand_in_line(*this);
    if (buffer_.size() > 0) co_return ErrorCode{};
    if (house_.draining) co_return asio::error::shut_down;
    if (buffer_.capacity() > kReadBodyBytes) buffer_.shrink_to_fit();
    set_deadline(house_.settings.idle_deadline);
    const ErrorCode error = co_await receive(kReadBytes);
    co_return error;
}

Task<ErrorCode> Connection::receive(std::size_t at_most) {
    const auto space = buffer_.prepare(at_most);
    auto [error, count] = co_await socket_.async_read_some(space, kAsTuple);
    if (error && !timed_out_) gone_ = true;
    if (!error) buffer_.commit(count);
    co_return error;
}

Task<ErrorCode> Connection::parse_until(Goal goal) {
    parser_->eager(goal == Goal::all);
    const std::size_t most = house_.settings.most_header_bytes + kReadBodyBytes;
    for (;;) {
        if (buffer_.size() > 0) {
            ErrorCode error;
            const std::size_t used = parser_->put(buffer_.data(), error);
            buffer_.consume(used);
            if (goal == Goal::head ? parser_->is_header_done() : parser_->is_done()) co_return ErrorCode{};
            if (error && error != http::error::need_more) co_return error;
            if (!error && used > 0) continue;
        }
        if (buffer_.size() >= most) co_return http::error::buffer_overflow;
        const std::size_t at_most = goal == Goal::head ? kReadBytes : kReadBodyBytes;
        const ErrorCode error = co_await receive(std::min(at_most, most - buffer_.size()));
        if (error) co_return error;
    }
}

void Connection::read_request(Exchange& exchange) const {
    const auto& message = parser_->get();
    Request& request = exchange.request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    for (const auto& field : message)
        request.headers.add(std::string(field.name_string()), std::string(field.value()));
    if (!parser_->keep_alive() || message.version() < 11) exchange.after = After::close;
}

// What the server itself can answer is answered before the body is read; then the body stays unread, and the
// connection ends.
Task<Response> Connection::respond(Exchange& exchange) {
    Request& request = exchange.request;
    const Version version = parser_->get().version() >= 11 ? Version::http_1_1 : Version::http_1_0;
    std::optional<Refusal> refusal = inquire(request, version, peer_, house_.rules);
    if (refusal) {
        if (refusal->status == 400 || !parser_->is_done()) exchange.after = After::close;
        co_return house_.refuse(request, *refusal);
    }
    exchange.match = house_.router.find(request.method, request.path);
    request.route = exchange.match.route;
    request.parameters = std::move(exchange.match.parameters);
    if (!exchange.match.handler) {
        if (!parser_->is_done()) exchange.after = After::close;
        refusal = Refusal{exchange.match.status, exchange.match.status == 405
                                                     ? "This address does not take that method."
                                                     : "There is nothing at this address."};
        Response response = house_.refuse(request, *refusal);
        if (!exchange.match.allow.empty()) response.headers.set("Allow", exchange.match.allow);
        co_return response;
    }
    if (!parser_->is_done()) {
        refusal = co_await read_body(exchange);
        if (refusal) {
            exchange.after = After::close;
            co_return house_.refuse(request, *refusal);
        }
    }
    Response response = co_await handle(exchange);
    co_return response;
}

Task<std::optional<Refusal>> Connection::read_body(Exchange& exchange) {
    const std::size_t most_bytes = exchange.match.limits.most_body_bytes;
    const Refusal too_large{413, "The request's body is too large."};
    if (parser_->content_length().value_or(0) > most_bytes) co_return too_large;
    parser_->body_limit(most_bytes);
    const std::string_view expected = exchange.request.headers.get("Expect");
    if (!expected.empty() && parser_->get().version() >= 11) {
        if (!equal_ignoring_case(expected, "100-continue"))
            co_return Refusal{417, "The only expectation understood is 100-continue."};
        if (buffer_.size() == 0) {
            const ErrorCode failed = co_await write(kContinue, {});
            if (failed) co_return Refusal{400, "The client has gone."};
        }
    }
    set_deadline(house_.settings.body_deadline);
    const ErrorCode error = co_await parse_until(Goal::all);
    no_deadline();
    if (error == http::error::body_limit) co_return too_large;
    if (error && timed_out_) co_return Refusal{408, "The request's body took too long to arrive."};
    if (error) co_return Refusal{400, "The request's body is not valid HTTP/1.1."};
    exchange.request.body = std::move(parser_->get().body());
    co_return std::nullopt;
}

Task<Response> Connection::handle(Exchange& exchange) {
    const Handler& handler = *exchange.match.handler;
    const Request& request = exchange.request;
    if (exchange.match.pool == Pool::none) co_return house_.call(handler, request);
    Crew& crew = exchange.match.pool == Pool::hashing ? house_.hashing : house_.database;
    Response response;
    const bool done = co_await run_on(crew, Bound::queue, [&] { response = house_.call(handler, request); });
    if (!done) {
        ++house_.refused_busy;
        response = house_.refuse(request, {503, "The service is busy. Please try again in a moment."});
        response.headers.set("Retry-After", "1");
    }
    co_return response;
}

// False: the crew's queue is full, or it is leaving.
Task<bool> Connection::run_on(Crew& crew, Bound bound, std::function<void()> work) {
    const Executor executor = loop_.context().get_executor();
    bool worked = false;
    auto begin = [&](auto handler) {
        // A job may be copied, what resumes a coroutine may not.
        auto resume = std::make_shared<decltype(handler)>(std::move(handler));
        const auto go_on = [executor](auto& held) {
            asio::post(executor, [held = std::move(held)] {
                auto handler_to_call = std::move(*held);
                handler_to_call();
            });
        };
        Crew::Job job = [&work, &worked, go_on, resume](Crew::Turn turn) mutable {
            if (turn == Crew::Turn::work) {
                work();
                worked = true;
            }
            go_on(resume);
        };
        if (bound == Bound::none)
            crew.add(std::move(job));
        else if (!crew.try_add(std::move(job)))
            go_on(resume);
    };
    co_await asio::async_initiate<const Awaiting, void()>(begin, Awaiting{});
    co_return worked;
}

// Most answers fit the socket's buffer: writing at once saves a turn of the loop.
Task<ErrorCode> Connection::write(std::string_view first, std::string_view second) {
    while (!first.empty() || !second.empty()) {
        const std::array<asio::const_buffer, 2> parts{asio::buffer(first), asio::buffer(second)};
        ErrorCode error;
        std::size_t count = socket_.write_some(parts, error);
        if (error == asio::error::would_block) {
            set_deadline(house_.settings.write_deadline);
            auto [failed, written] = co_await socket_.async_write_some(parts, kAsTuple);
            no_deadline();
            error = failed;
            count = written;
        }
        if (error) {
            gone_ = true;
            co_return error;
        }
        const std::size_t of_first = std::min(count, first.size());
        first.remove_prefix(of_first);
        second.remove_prefix(count - of_first);
    }
    co_return ErrorCode{};
}

Task<bool> Connection::send(Exchange& exchange, Response response) {
    timed_out_ = false;
    house_.finish(exchange.request, response);
    Answer answer = make_answer(exchange.request, std::move(response), exchange.after);
    exchange.status = answer.status;
    bool sent = false;
    if (std::holds_alternative<Slice>(answer.body)) {
        sent = co_await send_slice(exchange, answer);
    } else if (std::holds_alternative<OnStreamOpen>(answer.body)) {
        co_await send_events(answer);
    } else {
        const ErrorCode error = co_await write(answer.head, answer.text());
        sent = !error;
    }
    if (sent && answer.after == After::close) co_await linger();
    co_return sent&& answer.after == After::keep_alive;
}

// The first piece is read before the head goes out, so that what cannot be read can still be said.
Task<bool> Connection::send_slice(Exchange& exchange, Answer& answer) {
    Slice slice = std::get<Slice>(answer.body);
    std::string_view head = answer.head;
    while (slice.length > 0 || !head.empty()) {
        base::Result<std::string> piece = std::string();
        if (slice.length > 0) {
            const std::size_t wanted = std::min<std::uint64_t>(slice.length, kPieceBytes);
            const auto read = [&] { piece = slice.source->read(slice.first, wanted); };
            const bool done = co_await run_on(house_.reading, Bound::none, read);
            if (!done || gone_) co_return false;
            if (piece && (piece->empty() || piece->size() > wanted))
                piece = base::fail(base::Kind::io, {}, "a source gave another length than it said");
        }
        if (!piece) {
            log::failure("a body could not be read", piece.error(),
                         {{"request", exchange.request.request_id}});
            if (head.empty()) co_return false;
            Response response = house_.refuse(exchange.request, {503, "This cannot be read right now."});
            house_.finish(exchange.request, response);
            answer = make_answer(exchange.request, std::move(response), answer.after);
            exchange.status = answer.status;
            const ErrorCode error = co_await write(answer.head, answer.text());
            co_return !error;
        }
        const ErrorCode error = co_await write(head, *piece);
        if (error) co_return false;
        head = {};
        slice.first += piece->size();
        slice.length -= piece->size();
    }
    co_return true;
}

Task<bool> Connection::send_events(Answer& answer) {
    ErrorCode error = co_await write(answer.head, {});
    if (error) co_return false;
    const Executor executor = loop_.context().get_executor();
    const std::weak_ptr<Connection> weak = weak_from_this();
    events_ = std::make_shared<EventQueue>(house_.settings.most_stream_backlog_bytes, [executor, weak] {
        asio::post(executor, [weak] {
            if (const auto self = weak.lock()) self->wake_.cancel();
        });
    });
    ++house_.streams_open;
    watch_for_end();
    OnStreamOpen on_open = std::get<OnStreamOpen>(std::move(answer.body));
    house_.database.add([on_open, events = events_](Crew::Turn turn) {
        if (turn == Crew::Turn::give_up) return events->close();
        try {
            on_open(events);
        } catch (...) {
            log::error("a stream could not be opened");
            events->close();
        }
    });
    if (house_.draining) events_->close();
    while (!gone_) {
        // The timer is set before the queue is looked at: whoever pushes afterwards cancels this very wait.
        wake_.expires_after(house_.settings.heartbeat_interval);
        std::string waiting = events_->take();
        if (waiting.empty()) {
            if (events_->is_done()) break;
            auto [woken] = co_await wake_.async_wait(kAsTuple);
            if (woken) continue;
            waiting = ":\n\n";
        }
        error = co_await write(waiting, {});
        if (error) break;
    }
    events_->shut();
    events_.reset();
    --house_.streams_open;
    co_return false;
}

// A stream's client says nothing more; when its side ends, so does the stream.
void Connection::watch_for_end() {
    socket_.async_read_some(asio::buffer(scratch_),
                            [self = shared_from_this()](ErrorCode error, std::size_t) {
                                if (!error) return self->watch_for_end();
                                self->gone_ = true;
                                self->wake_.cancel();
                            });
}

// Closing with bytes unread would reset the connection, and the client might never see the answer: it is
// given a moment to stop talking.
Task<void> Connection::linger() {
    ErrorCode ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    set_deadline(kLingerLimit);
    std::size_t read = 0;
    while (read < kLingerBytes) {
        auto [error, count] = co_await socket_.async_read_some(asio::buffer(scratch_), kAsTuple);
        if (error) break;
        read += count;
    }
    no_deadline();
}

}  // namespace mmx::net
