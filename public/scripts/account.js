// Forms of an account. Without this every one of them works; with it none is sent twice or into no network,
// and the code of an SMS fills itself in.
const find = (id) => document.getElementById(id);
const code = find('code'), enter = find('enter');
// The code that was wrong is still in its field. The tap that came too late for it must not cost another try.
const isTheSame = (form) => form === enter && code && code.getAttribute('aria-invalid') && code.value === code.defaultValue;
for (const form of document.forms) {
  form.onsubmit = () => {
    if (form.sent) return false;
    if (isTheSame(form)) {
      code.focus();
      code.select();
      return false;
    }
    if (navigator.onLine === false) {
      let said = find('no-network');
      if (!said) {
        said = document.createElement('p');
        said.id = 'no-network';
        said.className = 'note warn';
        said.setAttribute('role', 'alert');
        form.before(said);
      }
      said.textContent = '没有网络，没发出去。填的还在，有信号了再点一次。';
      return false;
    }
    form.sent = 1;
    // A reply that never comes must not lock the button for ever.
    setTimeout(() => { form.sent = 0; }, 8000);
  };
}
// Back from the next page: the form may be sent again.
onpageshow = () => { for (const form of document.forms) form.sent = 0; };

const go = () => enter.requestSubmit ? enter.requestSubmit() : enter.onsubmit() !== false && enter.submit();
if (code && enter) {
  code.oninput = () => { if (/^\s*([0-9０-９]\s*){6}$/.test(code.value)) go(); };
  if (self.OTPCredential) {
    navigator.credentials.get({ otp: { transport: ['sms'] } }).then((otp) => { code.value = otp.code; go(); }, () => {});
  }
}
