// One client's connection: reads requests, has them answered, writes the answers, keeps the deadlines.
#pragma once

#include <memory>
#include <optional>

#include "net/answer.h"
#include "net/event_queue.h"
#include "net/loop.h"

namespace mmx::net {

// Everything happens on its loop's thread, but for the handlers.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(House& house, Loop& loop, Socket socket, const Address& peer);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    static void start(std::shared_ptr<Connection> connection);

    void check_deadline(SteadyClock::time_point now);
    void drain();  // ends it if it is idle or a stream; else its current answer is the last
    void abort();  // closes the socket; whatever waits for it ends

  private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
    enum class Goal { head, all };
    enum class Bound { queue, none };
    struct Exchange;

    Task<void> serve();
    Task<bool> exchange();  // one request and its answer; false: the connection ends
    Task<ErrorCode> wait_for_request();
    Task<ErrorCode> receive(std::size_t at_most);
    Task<ErrorCode> parse_until(Goal goal);
    Task<Response> respond(Exchange& exchange);
    Task<std::optional<Refusal>> read_body(Exchange& exchange);
    Task<Response> handle(Exchange& exchange);
    Task<bool> run_on(Crew& crew, Bound bound, std::function<void()> work);

    Task<ErrorCode> write(std::string_view first, std::string_view second);
    Task<bool> send(Exchange& exchange, Response response);
    Task<bool> send_slice(Exchange& exchange, Answer& answer);
    Task<bool> send_events(Answer& answer);
    Task<void> linger();
    void watch_for_end();

    void read_request(Exchange& exchange) const;
    void leave_line();
    void set_deadline(std::chrono::milliseconds from_now) { deadline_ = SteadyClock::now() + from_now; }
    void no_deadline() { deadline_ = SteadyClock::time_point::max(); }

    House& house_;
    Loop& loop_;
    Socket socket_;
    Address peer_;
    Timer wake_;
    SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
    bool timed_out_ = false, gone_ = false;
    std::optional<Loop::Place> place_in_line_;
    boost::beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    std::shared_ptr<EventQueue> events_;
    std::array<char, 256> scratch_{};
};

}  // namespace mmx::net
