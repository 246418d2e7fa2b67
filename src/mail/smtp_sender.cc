#include "mail/senders.h"
#include "net/smtp.h"

namespace mmx::mail {
namespace {

class SmtpSender final : public Sender {
  public:
    explicit SmtpSender(net::SmtpSettings settings) : settings_(std::move(settings)) {}

    base::Status send(const Mail& mail) override {
        return net::send_mail(settings_,
                              {.to = mail.to, .subject = mail.subject, .text = mail.text, .html = mail.html});
    }

  private:
    net::SmtpSettings settings_;
};

}  // namespace

std::unique_ptr<Sender> smtp_sender(const net::SmtpSettings& settings) {
    return std::make_unique<SmtpSender>(settings);
}

}  // namespace mmx::mail
